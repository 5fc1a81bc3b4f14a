#pragma once

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {

/// A set of states in document order: a sorted vector, since few are active at once.
class StateSet {
 public:
  StateSet() = default;
  StateSet(std::initializer_list<StateIndex> states) : states_(states) {}
  explicit StateSet(std::vector<StateIndex> sorted) : states_(std::move(sorted)) {}

  bool contains(StateIndex state) const { return std::binary_search(states_.begin(), states_.end(), state); }
  bool insert(StateIndex state) {  ///< false: it was there
    auto const at = std::lower_bound(states_.begin(), states_.end(), state);
    if (at != states_.end() && *at == state) return false;
    states_.insert(at, state);
    return true;
  }
  void erase(StateIndex state) {
    auto const at = std::lower_bound(states_.begin(), states_.end(), state);
    if (at != states_.end() && *at == state) states_.erase(at);
  }
  /// Whether some state of [first, last) is in the set.
  bool any_within(StateIndex first, StateIndex last) const {
    auto const at = std::lower_bound(states_.begin(), states_.end(), first);
    return at != states_.end() && *at < last;
  }

  auto begin() const { return states_.begin(); }
  auto end() const { return states_.end(); }
  auto rbegin() const { return states_.rbegin(); }
  auto rend() const { return states_.rend(); }
  bool empty() const { return states_.empty(); }
  std::vector<StateIndex> const& sorted() const { return states_; }
  friend bool operator==(StateSet const&, StateSet const&) = default;

 private:
  std::vector<StateIndex> states_;
};

}  // namespace xiaohao::statechart
