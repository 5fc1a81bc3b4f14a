#pragma once

// What no county may give up, whatever its lifecycles say: nothing closes without evidence and a second
// person. A lifecycle that breaks one of these is not loaded, whether its file declares the property or not.

#include <vector>

#include "engine/domain/work_item.hpp"
#include "engine/statechart/property.hpp"

namespace xiaohao::decision {

/// Closed is what the tag `closed` says, as `decide` reads it.
std::vector<statechart::Property> const& house_properties(ItemKind kind);

}  // namespace xiaohao::decision
