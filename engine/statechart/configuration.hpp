#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {

/// Which states are active, and what history states remember.
struct Configuration {
  std::vector<StateIndex> active;  ///< all active states, ancestors included, in document order
  std::map<StateIndex, std::vector<StateIndex>> history;
  bool done = false;  ///< the machine has reached its final state
  /// The order in which states were entered, where XState lets it decide which of several regions goes first
  /// and it is not document order: regions, and where there are eventless transitions all states. Else empty.
  std::vector<StateIndex> entered = {};

  friend bool operator==(Configuration const&, Configuration const&) = default;
  bool contains(StateIndex state) const;
};

/// The state value as XState prints it: `"a"`, `{"a":"b"}`, `{"r1":"a","r2":{}}`.
nlohmann::json value_of(Definition const& definition, Configuration const& configuration);

/// For storing: active leaves and history by state id. `from_json` refuses states that the definition does
/// not have.
nlohmann::json to_json(Definition const& definition, Configuration const& configuration);
Result<Configuration> from_json(Definition const& definition, nlohmann::json const& json);

}  // namespace xiaohao::statechart
