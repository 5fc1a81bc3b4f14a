#pragma once

// What transitions leave and enter: SCXML's computeExitSet and computeEntrySet (W3C 2015, appendix D) as
// XState v5 keeps them.

#include <map>
#include <optional>
#include <vector>

#include "engine/statechart/definition.hpp"
#include "engine/statechart/state_set.hpp"

namespace xiaohao::statechart {

using History = std::map<StateIndex, std::vector<StateIndex>>;

struct EntrySet {
  StateSet states;
  StateSet by_default;  ///< of these the actions of `initial` run too
};

class TransitionSets {
 public:
  /// All three must outlive it.
  TransitionSets(Definition const& definition, StateSet const& active, History const& history)
      : definition_(definition), active_(active), history_(history) {}

  /// Of two transitions that would leave a common state, the one from further inside stays, else the earlier.
  std::vector<Transition const*> without_conflicts(std::vector<Transition const*> const& enabled) const;

  StateSet exits(std::vector<Transition const*> const& transitions) const;

  /// The state within which each transition exits and enters; none: the whole machine, its root included.
  /// To be asked before the exits: what they let history remember must not narrow the entries, or states
  /// would be left that nobody enters again.
  std::vector<std::optional<StateIndex>> domains(std::vector<Transition const*> const& transitions) const;
  EntrySet entries(std::vector<Transition const*> const& transitions,
                   std::vector<std::optional<StateIndex>> const& domains) const;
  EntrySet initial_entries() const;

 private:
  Definition const& definition_;
  StateSet const& active_;
  History const& history_;

  State const& state(StateIndex index) const { return definition_.state(index); }
  bool descends(StateIndex a, StateIndex b) const { return definition_.descends(a, b); }

  std::vector<StateIndex> effective_targets(Transition const& transition) const;
  void collect_effective(StateIndex target, std::vector<StateIndex>& found) const;
  std::optional<StateIndex> domain(Transition const& transition) const;
  StateSet exit_set(Transition const& transition) const;
  std::vector<StateIndex> ancestors_below(StateIndex of, std::optional<StateIndex> limit) const;
  void add_entries(Transition const& transition, std::optional<StateIndex> within, EntrySet& enter) const;
  void add_ancestors(std::vector<StateIndex> const& ancestors, std::optional<StateIndex> within,
                     EntrySet& enter) const;
  void add_missing_regions(StateIndex parallel, EntrySet& enter, bool by_default) const;
  void add_descendants(StateIndex index, EntrySet& enter) const;
};

}  // namespace xiaohao::statechart
