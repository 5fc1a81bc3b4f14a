#pragma once

// Signing in with an OpenID Connect provider, as an option beside passwords: the authorization code flow with
// PKCE (RFC 7636), state and nonce. Nothing is kept here between the two requests; the browser keeps it in a
// cookie of its own.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "engine/clock/clock.hpp"
#include "engine/json/document.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::web {

struct OpenIdSettings {
  std::string issuer;  ///< without a slash at the end, as the provider writes it
  std::string client_id;
  std::string client_secret;  ///< empty: a public client
  std::string redirect_uri;   ///< this server's `/sign-in/openid/callback`, as browsers reach it
  std::string username_claim = "preferred_username";  ///< which claim is the user name here
  std::string name = "统一身份认证";                  ///< what the button calls the provider
};

/// An exchange with the provider: GET, or POST of `form` when there is one. Blocks.
struct ProviderAnswer {
  int status = 0;  ///< 0: there was no whole answer
  std::string body;
};
using ProviderExchange = std::function<ProviderAnswer(std::string const& url, std::string const& form,
                                                      std::vector<std::string> const& headers)>;

class OpenIdProvider {
 public:
  OpenIdProvider(OpenIdSettings settings, ProviderExchange exchange, Clock const& clock)
      : settings_(std::move(settings)), exchange_(std::move(exchange)), clock_(clock) {}

  struct Begun {
    std::string location;  ///< where the browser is sent
    std::string memory;    ///< for the cookie: what `finish` holds the answer against
  };
  /// Unavailable when the provider does not say where its ends are.
  Result<Begun> begin();

  struct Recognised {
    Username username;
    bool second_factor = false;  ///< the provider asked for more than a password (RFC 8176)
  };
  /// Who came back with `query`. Unauthenticated: the answer is not to the question in `memory`, or its token
  /// does not hold; Unavailable: the provider does not answer. Blocks for an exchange or two.
  Result<Recognised> finish(std::map<std::string, std::string> const& query, std::string const& memory);

  std::string const& name() const { return settings_.name; }

 private:
  OpenIdSettings settings_;
  ProviderExchange exchange_;
  Clock const& clock_;
  std::mutex mutex_;
  nlohmann::json described_;  ///< what the provider says of itself, and when it was asked
  Instant described_at_{};

  Result<nlohmann::json> description();
  Result<nlohmann::json> fetched(std::string const& url) const;
  Result<std::string> token_for(std::string const& code, std::string const& verifier,
                                nlohmann::json const& described) const;
};

}  // namespace xiaohao::web
