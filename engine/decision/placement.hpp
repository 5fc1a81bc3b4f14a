#pragma once

// What an item's status says of its lifecycle's configuration.

#include <string>
#include <vector>

#include "engine/domain/work_item.hpp"
#include "engine/statechart/configuration.hpp"

namespace xiaohao::decision {

/// The active state of the lifecycle's main region: the region that the lifecycle's `meta.main` names, else
/// the whole of it.
std::string stage_of(statechart::Definition const& lifecycle, statechart::Configuration const& configuration);

/// Some active state has `tag`.
bool has_tag(statechart::Definition const& lifecycle, statechart::Configuration const& configuration,
             std::string_view tag);

/// Writes `configuration` into `status`: the stored form, the stage, whether it is closed or cancelled.
void place(ItemStatus& status, statechart::Definition const& lifecycle,
           statechart::Configuration const& configuration);

/// Keys of all active states but the root, for filters.
std::vector<std::string> active_states(statechart::Definition const& lifecycle,
                                       statechart::Configuration const& configuration);

}  // namespace xiaohao::decision
