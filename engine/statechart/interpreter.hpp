#pragma once

// Runs a statechart as pure functions: (definition, configuration, event) → (next configuration, actions as
// data). Nothing runs here. The order of transitions, of exits and of entries is SCXML's (W3C 2015, appendix
// D) as XState v5 keeps it.

#include <string>
#include <vector>

#include "engine/statechart/configuration.hpp"
#include "engine/statechart/definition.hpp"
#include "engine/statechart/selection.hpp"

namespace xiaohao::statechart {

struct Step {
  Configuration configuration;
  std::vector<Call> actions;                   ///< in the order in which they run
  bool taken = false;                          ///< some transition was taken
  std::vector<Transition const*> transitions;  ///< those taken, in order; they live as long as the definition
  std::vector<DelayedEvent> started;           ///< delays of states entered, in order
  std::vector<std::string> cancelled;          ///< events of delays of states exited
};

/// Steps without outside event after which a machine is taken to run for ever.
inline constexpr int microsteps_max = 1000;

/// The machine's first configuration, entry actions and eventless transitions included.
/// Refuses (NotPossible) when `always` transitions do not come to rest, with the pointer of one of them.
Result<Step> initial(Definition const& definition, GuardEvaluator const& guard);

/// What `event` does. A machine that is done takes nothing.
Result<Step> step(Definition const& definition, Configuration const& from, std::string const& event,
                  GuardEvaluator const& guard);

/// Every transition that `event` could select in `from`, guards aside, innermost states first; each state's
/// in order.
std::vector<Transition const*> candidates(Definition const& definition, Configuration const& from,
                                          std::string const& event);

}  // namespace xiaohao::statechart
