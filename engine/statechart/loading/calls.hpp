#pragma once

#include "engine/statechart/call.hpp"
#include "engine/statechart/loading/members.hpp"

namespace xiaohao::statechart::loading {

/// A guard or an action: a name, or `{"type", "params"}`. `raise` names its event, in XState's two spellings,
/// and comes out as `xstate.raise` with `{"event": NAME}`.
std::optional<Call> read_call(Place const& place, Faults& faults);

/// One call or a list of them, in order.
std::vector<Call> read_calls(Place const& place, Faults& faults);

}  // namespace xiaohao::statechart::loading
