#include "web/identity_sign_in.hpp"

namespace xiaohao::web {
namespace {

std::optional<Visitor> visitor_of(std::optional<identity::Session> session) {
  if (!session) return std::nullopt;
  return Visitor{std::move(session->username), std::move(session->csrf_token), session->must_set_up_codes};
}

}  // namespace

tl::expected<SignedIn, SignInRefusal> IdentitySignIn::sign_in(std::string const& username,
                                                              std::string const& password,
                                                              std::string const& code,
                                                              std::string const& address) {
  auto begun = identity_.sign_in(username, password, code, address);
  if (!begun)
    return tl::unexpected(SignInRefusal{std::move(begun.error().refusal), begun.error().retry_after});
  return SignedIn{std::move(begun->token), {begun->session.username, begun->session.csrf_token, false}};
}

std::optional<Visitor> IdentitySignIn::of_session(std::string const& session_token) {
  return visitor_of(identity_.of_session(session_token));
}

std::optional<Visitor> IdentitySignIn::of_unattended_session(std::string const& session_token) {
  return visitor_of(identity_.of_unattended_session(session_token));
}

std::optional<Visitor> IdentitySignIn::of_bearer(std::string const& access_token) {
  auto token = identity_.of_bearer(access_token);
  if (!token) return std::nullopt;
  return Visitor{std::move(token->username), "", false, std::move(token->scopes)};
}

void IdentitySignIn::sign_out(std::string const& session_token) {
  // A disk that fails leaves the session until it expires; the cookie goes all the same.
  (void)identity_.sign_out(session_token);
}

}  // namespace xiaohao::web
