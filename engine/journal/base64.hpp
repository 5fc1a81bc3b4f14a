#pragma once

// Base64 as RFC 4648 §4 has it, and read strictly: one text for one sequence of bytes, so that a record
// cannot be changed without being another record.

#include <optional>
#include <string>
#include <string_view>

namespace xiaohao::journal {

std::string to_base64(std::string_view bytes);
/// Nothing for any text but the one that `to_base64` writes: padding, alphabet and unused bits are checked.
std::optional<std::string> from_base64(std::string_view text);

std::string to_hexadecimal(std::string_view bytes);  ///< lower-case

}  // namespace xiaohao::journal
