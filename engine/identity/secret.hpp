#pragma once

#include <string>
#include <string_view>

namespace xiaohao::identity {

/// 256 random bits for a cookie, a token or a form, in base64url: 43 characters.
std::string new_secret();

/// What is stored of a session's or access token: SHA-256, hexadecimal. The token is random, so that a slow
/// hash would protect nothing.
std::string hash_of_secret(std::string_view secret);

}  // namespace xiaohao::identity
