#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao change --db URL (--calendar FILE|--policy FILE|--phrase ITEM=PHRASE) [--commit --as USER]
/// [--json]`: what other rules mean for a running year, and, with `--commit`, carries it out.
int change_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                   std::ostream& err);

}  // namespace xiaohao::cli
