#include "web/sign_in.hpp"

namespace xiaohao::web {

std::string session_cookie(std::string const& session_token, bool secure) {
  return std::string(session_cookie_name) + "=" + session_token + "; Path=/; HttpOnly; SameSite=Lax" +
         (secure ? "; Secure" : "");
}

std::string expired_session_cookie(bool secure) { return session_cookie("", secure) + "; Max-Age=0"; }

namespace {

std::optional<std::string> session_token_of(Request const& request) {
  auto token = request.cookie(session_cookie_name);
  return token && !token->empty() ? std::move(token) : std::nullopt;
}

/// By the bearer token of the request, else by what `of_session` says of its cookie.
template <class OfSession>
std::optional<Visitor> visitor_by(Request const& request, SignIn& sign_in, OfSession const& of_session) {
  std::string_view const authorization = request.header("authorization");
  if (!authorization.empty()) {
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.substr(0, scheme.size()) != scheme) return std::nullopt;
    return sign_in.of_bearer(std::string(authorization.substr(scheme.size())));
  }
  auto const token = session_token_of(request);
  return token ? of_session(*token) : std::nullopt;
}

}  // namespace

std::optional<Visitor> visitor_of(Request const& request, SignIn& sign_in) {
  return visitor_by(request, sign_in, [&](std::string const& token) { return sign_in.of_session(token); });
}

bool still_signed_in(Request const& request, SignIn& sign_in) {
  auto const visitor = visitor_by(
      request, sign_in, [&](std::string const& token) { return sign_in.of_unattended_session(token); });
  return visitor && request.visitor && visitor->username == request.visitor->username;
}

void end_session_of(Request const& request, SignIn& sign_in) {
  if (auto const token = session_token_of(request)) sign_in.sign_out(*token);
}

}  // namespace xiaohao::web
