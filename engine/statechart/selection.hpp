#pragma once

// Which transitions an event takes, guards asked: SCXML 3.13 as XState keeps it. A state's own transitions
// count only where nothing inside it takes the event; each region of a parallel state is asked.

#include <functional>
#include <string_view>
#include <vector>

#include "engine/statechart/definition.hpp"
#include "engine/statechart/state_set.hpp"

namespace xiaohao::statechart {

using GuardEvaluator = std::function<bool(Call const&)>;

/// The transitions of one state that `event` fits: exact descriptors first, then wildcards, the longer before
/// the shorter.
std::vector<Transition const*> candidates_of(State const& state, std::string_view event);

/// `order` lists the active states as they were entered: regions that were entered earlier go first.
std::vector<Transition const*> select(Definition const& definition, StateSet const& active,
                                      std::vector<StateIndex> const& order, std::string_view event,
                                      GuardEvaluator const& guard);

/// The eventless transitions that may be taken: for each leaf the innermost.
std::vector<Transition const*> select_eventless(Definition const& definition,
                                                std::vector<StateIndex> const& order,
                                                GuardEvaluator const& guard);

}  // namespace xiaohao::statechart
