#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao findings import FILE …`.
int findings_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                     std::ostream& err);

}  // namespace xiaohao::cli
