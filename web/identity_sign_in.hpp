#pragma once

#include "engine/identity/identity.hpp"
#include "web/sign_in.hpp"

namespace xiaohao::web {

/// Signing in over the engine's accounts.
class IdentitySignIn final : public SignIn {
 public:
  explicit IdentitySignIn(identity::Identity& identity) : identity_(identity) {}

  tl::expected<SignedIn, SignInRefusal> sign_in(std::string const& username, std::string const& password,
                                                std::string const& code, std::string const& address) override;
  std::optional<Visitor> of_session(std::string const& session_token) override;
  std::optional<Visitor> of_unattended_session(std::string const& session_token) override;
  std::optional<Visitor> of_bearer(std::string const& access_token) override;
  void sign_out(std::string const& session_token) override;

 private:
  identity::Identity& identity_;
};

}  // namespace xiaohao::web
