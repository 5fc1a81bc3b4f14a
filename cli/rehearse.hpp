#pragma once

// `xiaohao rehearse`: plays a year before it begins, or what is left of one, by the rules in force and by
// others beside them. Changes nothing.

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

int rehearse_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                     std::ostream& err);

}  // namespace xiaohao::cli
