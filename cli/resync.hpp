#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao resync --db URL --organisation FILE [--decide …] [--commit --as USER] [--json]`: what a new list
/// of members means for a running plan, and, with `--commit`, carries it out.
int resync_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                   std::ostream& err);

}  // namespace xiaohao::cli
