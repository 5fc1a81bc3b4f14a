#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao organisation
/// list|add-unit|change-unit|add-person|change-person|add-group|change-group|hand-over-unit|
/// hand-over-person`.
int organisation_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                         std::ostream& err);

}  // namespace xiaohao::cli
