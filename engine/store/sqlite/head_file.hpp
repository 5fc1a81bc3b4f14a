#pragma once

// The heads in a second file, `PATH.heads`: one JSON object a line, oldest first. Made to be copied away, or
// to be a link to another disk.

#include <string>
#include <vector>

#include "engine/journal/head.hpp"

namespace xiaohao::store::sqlite {

/// The size of the last head in the file; 0 when there is none.
std::int64_t last_size_in(std::string const& path);

void append_head(std::string const& path, journal::SignedHead const& head);

}  // namespace xiaohao::store::sqlite
