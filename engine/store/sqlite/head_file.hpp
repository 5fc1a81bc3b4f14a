#pragma once

// The heads in a second file, `PATH.heads`: one JSON object a line, oldest first. Made to be copied away, or
// to be a link to another disk.

#include <optional>
#include <string>
#include <vector>

#include "engine/journal/head.hpp"

namespace xiaohao::store::sqlite {

/// The last head in the file; none when there is no file or no head in it.
std::optional<journal::SignedHead> last_head_in(std::string const& path);

void append_head(std::string const& path, journal::SignedHead const& head);

}  // namespace xiaohao::store::sqlite
