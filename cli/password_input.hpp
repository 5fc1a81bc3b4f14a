#pragma once

#include <iosfwd>
#include <string>

#include "engine/model/result.hpp"

namespace xiaohao::cli {

/// A password from `in`: on a terminal asked for twice, without echo; else the first line. Never from the
/// command line, which other users of the machine can read.
Result<std::string> read_password(std::istream& in, std::ostream& err, std::string const& prompt);

}  // namespace xiaohao::cli
