#pragma once

#include <string>

#include "engine/model/result.hpp"

namespace xiaohao::cli {

/// The bytes of a file that a command was given; at most one more than `bytes_max`, so that whoever reads
/// them sees that it is too much. NotFound when it cannot be opened or read.
Result<std::string> file_text(std::string const& path, std::size_t bytes_max);

}  // namespace xiaohao::cli
