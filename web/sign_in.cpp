#include "web/sign_in.hpp"

namespace xiaohao::web {

std::string session_cookie(std::string const& session_token, bool secure) {
  return std::string(session_cookie_name) + "=" + session_token + "; Path=/; HttpOnly; SameSite=Lax" +
         (secure ? "; Secure" : "");
}

std::string expired_session_cookie(bool secure) { return session_cookie("", secure) + "; Max-Age=0"; }

std::optional<Visitor> visitor_of(Request const& request, SignIn& sign_in) {
  std::string_view const authorization = request.header("authorization");
  if (!authorization.empty()) {
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.substr(0, scheme.size()) != scheme) return std::nullopt;
    return sign_in.of_bearer(std::string(authorization.substr(scheme.size())));
  }
  auto const token = request.cookie(session_cookie_name);
  if (!token || token->empty()) return std::nullopt;
  return sign_in.of_session(*token);
}

}  // namespace xiaohao::web
