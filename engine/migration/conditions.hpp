#pragma once

// What an item has certainly been through when it stands in a state: the guards that held and the actions
// that ran on every path there. `publicity` of the shipped assignment has evidence, a first review by another
// and a verification by a third behind it; `in_progress` has nothing.
//
// A mapping may not put an item where more lies behind than behind where it stood: it would be closed without
// what its lifecycle demands.

#include <set>
#include <string>
#include <vector>

#include "engine/model/result.hpp"
#include "engine/statechart/configuration.hpp"

namespace xiaohao::migration {

/// Names of guards as they are, of actions with `action:` before them.
using Conditions = std::set<std::string>;

class ConditionsBehind {
 public:
  /// Walks every configuration of `lifecycle`, whatever its guards answer. A step with an action that begins
  /// anew (a return, a new cycle) leaves nothing behind it. Refuses (TooLarge) a lifecycle of more than
  /// `configurations_max` configurations.
  static Result<ConditionsBehind> of(statechart::Definition const& lifecycle);

  /// Of all leaves of `configuration` together.
  Conditions behind(std::vector<statechart::StateIndex> const& active) const;
  Conditions behind(statechart::StateIndex state) const;

  static constexpr std::size_t configurations_max = 5'000;

 private:
  std::vector<std::optional<Conditions>> behind_;  // by state; none: never active
};

}  // namespace xiaohao::migration
