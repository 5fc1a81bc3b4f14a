#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart::loading {

/// Finds the state that a target names: `sibling`, `sibling.child`, `.child`, `#id`, `#id.child`.
class Targets {
 public:
  /// `states` and `by_id` must outlive it; children and keys are complete.
  Targets(std::vector<State> const& states, std::unordered_map<std::string, StateIndex> const& by_id);

  std::optional<StateIndex> child(StateIndex parent, std::string_view key) const;
  /// From a state's transitions.
  std::optional<StateIndex> from(StateIndex source, std::string_view name) const;
  /// From the parent down: how a history state names its default.
  std::optional<StateIndex> within(StateIndex parent, std::string_view name) const;
  /// Whether two states can be active together: they part in a parallel state, or one holds the other.
  bool compatible(StateIndex a, StateIndex b) const;

 private:
  std::vector<State> const& states_;
  std::unordered_map<std::string, StateIndex> const& by_id_;
  std::unordered_map<std::string, StateIndex> children_;  // "PARENT.KEY"

  std::optional<StateIndex> by_id(std::string_view id) const;
  std::optional<StateIndex> down(StateIndex from, std::string_view path) const;
};

}  // namespace xiaohao::statechart::loading
