#pragma once

#include <vector>

#include "engine/domain/work_item.hpp"
#include "engine/statechart/soundness/soundness.hpp"

namespace xiaohao::decision {

/// What keeps `lifecycle` from running items of `kind`: guards, actions, delays and parameters that the
/// engine does not know, and everything that `statechart::flaws` finds, the house's own properties included.
/// Empty: it may run.
std::vector<statechart::Flaw> lifecycle_flaws(statechart::Definition const& lifecycle, ItemKind kind);

/// Of which kind the items of a lifecycle are, by its id: `task` for tasks, any other for shares of tasks.
ItemKind kind_run_by(statechart::Definition const& lifecycle);

}  // namespace xiaohao::decision
