#pragma once

// How a visitor proves who they are, as the web needs it. Implemented over `engine/identity`.

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "web/http/message.hpp"

namespace xiaohao::web {

struct SignedIn {
  std::string session_token;  ///< for the cookie; new at each sign-in, whatever cookie came with it
  Visitor visitor;
};

/// The answer is the same for an unknown user and a wrong password (Unauthenticated). After repeated failures
/// it is TooOften.
struct SignInRefusal {
  Refusal refusal;
  std::chrono::seconds retry_after{0};
};

class SignIn {
 public:
  virtual ~SignIn() = default;
  /// Blocks for as long as the password's hash takes: never called on a server thread.
  /// `code` is of an authenticator app, and empty for those who use none.
  virtual tl::expected<SignedIn, SignInRefusal> sign_in(std::string const& username,
                                                        std::string const& password, std::string const& code,
                                                        std::string const& address) = 0;
  virtual std::optional<Visitor> of_session(std::string const& session_token) = 0;
  /// The same, asked by an open stream and not by a person: it does not keep an idle session alive.
  virtual std::optional<Visitor> of_unattended_session(std::string const& session_token) {
    return of_session(session_token);
  }
  virtual std::optional<Visitor> of_bearer(std::string const& access_token) = 0;
  /// Blocks until it is durable.
  virtual void sign_out(std::string const& session_token) = 0;
};

inline constexpr char const* session_cookie_name = "xiaohao_session";

/// `Set-Cookie` values: HttpOnly, SameSite=Lax, for all paths; Secure behind TLS.
std::string session_cookie(std::string const& session_token, bool secure);
std::string expired_session_cookie(bool secure);

/// The credentials of a request: its bearer token when it sends `Authorization`, else its session cookie.
std::optional<Visitor> visitor_of(Request const& request, SignIn& sign_in);
/// Asked anew for a stream that this request opened: the session may have ended since.
bool still_signed_in(Request const& request, SignIn& sign_in);
/// Ends the session whose cookie came with the request, if any. Blocks as `SignIn::sign_out` does.
void end_session_of(Request const& request, SignIn& sign_in);

}  // namespace xiaohao::web
