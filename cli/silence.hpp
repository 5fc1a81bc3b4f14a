#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao silence (set|end|list) --db URL …`: who is not told for a while, and why.
int silence_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                    std::ostream& err);

}  // namespace xiaohao::cli
