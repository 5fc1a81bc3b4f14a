#pragma once

#include "engine/statechart/loading/members.hpp"
#include "engine/statechart/property.hpp"

namespace xiaohao::statechart::loading {

/// The `properties` of a lifecycle: an array, each member of one of three forms (`property.hpp`).
std::vector<Property> read_properties(Place const& place, Faults& faults);

}  // namespace xiaohao::statechart::loading
