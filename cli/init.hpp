#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao init --db URL --checklist FILE [--organisation FILE] [--year N]`: makes a database and a plan. It
/// refuses a database that exists, and leaves no file behind when it refuses anything.
int init_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                 std::ostream& err);

}  // namespace xiaohao::cli
