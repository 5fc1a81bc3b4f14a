#pragma once

// Moves running items from one version of a lifecycle to another, purely: (item, mapping) → what becomes of
// it, or why it cannot move.

#include "engine/decision/decide.hpp"
#include "engine/migration/conditions.hpp"
#include "engine/migration/mapping.hpp"

namespace xiaohao::migration {

/// The journal's name for it: one entry of no item with the mapping, then one for each item that moved. Also
/// what the permission table calls it.
inline constexpr char const* event = "lifecycle.migrated";

class Migration {
 public:
  /// `rules` must hold both versions. Refuses, with pointers into the mapping: versions that are not there or
  /// of different lifecycles, states that a version has not or that are no places to rest, and targets that
  /// are closed, cancelled or final: nobody is closed by a mapping.
  static Result<Migration> prepare(decision::Rules const& rules, Mapping mapping);

  Mapping const& mapping() const { return mapping_; }

  /// What becomes of an open item of the old version at `now`: each region goes where the mapping says, a new
  /// region begins at its first state, history keeps what it remembers. Every delay begins anew at `now`; no
  /// entry or exit action runs. Where nobody has applied any more, the application lapses and the unit's
  /// clock runs again. Refuses (NotPossible) with the reason: a state that goes nowhere, a combination of
  /// states that the new version has not, conditions behind the new state that the item has not met.
  Result<decision::Decision> move(WorkItem const& item, decision::Rules const& rules, Actor const& actor,
                                  Instant now) const;

 private:
  Migration(statechart::Definition from, statechart::Definition to, Mapping mapping, ConditionsBehind before,
            ConditionsBehind after)
      : from_(std::move(from)),
        to_(std::move(to)),
        mapping_(std::move(mapping)),
        before_(std::move(before)),
        after_(std::move(after)) {}

  statechart::Definition from_;
  statechart::Definition to_;
  Mapping mapping_;
  ConditionsBehind before_;
  ConditionsBehind after_;

  Result<statechart::Configuration> place_in_new(statechart::Configuration const& old) const;
  Result<std::vector<statechart::StateIndex>> targets_of(
      std::vector<statechart::StateIndex> const& leaves) const;
  Result<void> check_conditions(statechart::Configuration const& old, statechart::Configuration const& placed,
                                ItemStatus const& status) const;
};

}  // namespace xiaohao::migration
