#pragma once

// Runs a statechart as pure functions: (definition, configuration, event) → (next configuration, actions as
// data). Nothing runs here. The order of transitions, of exits and of entries is SCXML's (W3C 2015, appendix
// D) as XState v5 keeps it.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {

/// Which states are active, and what history states remember.
struct Configuration {
  std::vector<StateIndex> active;  ///< all active states, ancestors included, in document order
  std::map<StateIndex, std::vector<StateIndex>> history;
  bool done = false;  ///< the machine has reached its final state
  friend bool operator==(Configuration const&, Configuration const&) = default;

  bool contains(StateIndex state) const;
};

using GuardEvaluator = std::function<bool(Call const&)>;

struct Step {
  Configuration configuration;
  std::vector<Call> actions;           ///< in the order in which they run
  bool taken = false;                  ///< some transition was taken
  std::vector<DelayedEvent> started;   ///< delays of states entered, in order
  std::vector<std::string> cancelled;  ///< events of delays of states exited
};

/// The machine's first configuration, entry actions and eventless transitions included.
/// Refuses (NotPossible) when `always` transitions do not come to rest.
Result<Step> initial(Definition const& definition, GuardEvaluator const& guard);

/// What `event` does. A machine that is done takes nothing.
Result<Step> step(Definition const& definition, Configuration const& from, std::string const& event,
                  GuardEvaluator const& guard);

/// Every transition that `event` could select in `from`, guards aside, innermost states first; each state's
/// in order.
std::vector<Transition const*> candidates(Definition const& definition, Configuration const& from,
                                          std::string const& event);

/// The state value as XState prints it: `"a"`, `{"a":"b"}`, `{"r1":"a","r2":{}}`.
nlohmann::json value_of(Definition const& definition, Configuration const& configuration);

/// For storing: active leaves and history by state id. `from_json` refuses states that the definition does
/// not have.
nlohmann::json to_json(Definition const& definition, Configuration const& configuration);
Result<Configuration> from_json(Definition const& definition, nlohmann::json const& json);

}  // namespace xiaohao::statechart
