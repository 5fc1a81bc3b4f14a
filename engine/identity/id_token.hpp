#pragma once

// The token by which an OpenID Connect provider says who somebody is: a JSON Web Token (RFC 7519), signed
// (RFC 7515) with RS256 or ES256 by one of the keys that the provider publishes (RFC 7517).

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/result.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::identity {

/// What must hold of a token, besides its signature (OpenID Connect Core 1.0, 3.1.3.7).
struct IdTokenTerms {
  std::string issuer;
  std::string client_id;  ///< whom it is for
  std::string nonce;      ///< that the sign-in began with
  Instant now;            ///< by the machine's clock; a minute of difference is forgiven
};

/// The claims of `token`. Unauthenticated, with what is wrong with it: no token, an algorithm other than
/// those two, a key that `keys` (a JSON Web Key Set) does not have or a weak one, a signature that does not
/// hold, another issuer, audience or nonce, a time that has passed or not come.
Result<nlohmann::json> verify_id_token(std::string_view token, nlohmann::json const& keys,
                                       IdTokenTerms const& terms);

/// Bytes as RFC 4648 §5 writes them, without padding; and strictly back.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace xiaohao::identity
