#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao erase`: what somebody wrote about an item, because the law asks for it.
int erase_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                  std::ostream& err);

}  // namespace xiaohao::cli
