#pragma once

// The link in a message by which its recipient acknowledges it without signing in. Bound to one notice and
// its recipient, and good for a month. It is used once: by then the notice is acknowledged, and there is
// nothing left that it could do. Whoever only looks (a scanner that opens every link) changes nothing: a page
// with a button.

#include <optional>
#include <string>
#include <string_view>

#include "engine/store/store.hpp"

namespace xiaohao::identity {

inline constexpr std::chrono::days notice_link_lasts{30};
inline constexpr char const* notice_link_secret = "notice_links";  ///< its name in the store

/// Makes the secret that links are signed with, unless the database has one.
Result<void> keep_link_secret(store::Store& store);

/// `ID.EXPIRES.MAC`: the notice, seconds since 1970, and HMAC-SHA256 in hexadecimal over both, the recipient
/// and the notice's key. `secret` is the database's own.
std::string notice_token(std::string_view secret, Notice const& notice, Instant expires);

/// The notice that `token` speaks of; nothing when it is no token at all. Says nothing about its being
/// genuine.
std::optional<NoticeId> notice_in_token(std::string_view token);

enum class TokenReading { Good, Expired, Forged };
TokenReading read_notice_token(std::string_view secret, Notice const& notice, std::string_view token,
                               Instant now);

}  // namespace xiaohao::identity
