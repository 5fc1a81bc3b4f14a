#pragma once

// One-time codes by time (RFC 6238), as authenticator apps make them. Pure: the caller gives the time, and
// keeps the last step that was accepted.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace xiaohao::identity {

enum class TotpHash { Sha1, Sha256 };  ///< apps know SHA-1 everywhere, SHA-256 in places

struct Totp {
  std::string secret;  ///< bytes, 20 or more
  TotpHash hash = TotpHash::Sha1;
  int digits = 6;  ///< 6 to 8
  std::chrono::seconds step{30};
};

std::string new_totp_secret();  ///< 20 random bytes

std::int64_t step_of(Totp const& totp, Instant now);
std::string code_of(Totp const& totp, std::int64_t step);

/// The step that `code` is of: this one, the one before or the one after, since clocks differ; none when it
/// is of none, or of a step that is not after `last_accepted`. Store the answer before anything is let in by
/// it: a code that was seen over somebody's shoulder opens nothing a second time.
std::optional<std::int64_t> accepted_step(Totp const& totp, std::string_view code, Instant now,
                                          std::optional<std::int64_t> last_accepted);

/// What an app reads from a QR code: `otpauth://totp/…`.
std::string provisioning_uri(Totp const& totp, std::string_view issuer, std::string_view username);

std::string base32(std::string_view bytes);  ///< RFC 4648, without padding

}  // namespace xiaohao::identity
