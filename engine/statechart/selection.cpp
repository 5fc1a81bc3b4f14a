#include "engine/statechart/selection.hpp"

#include <algorithm>

namespace xiaohao::statechart {
namespace {

bool matches(std::string_view descriptor, std::string_view event) {
  if (descriptor == event || descriptor == "*") return true;
  if (!descriptor.ends_with(".*")) return false;
  std::string_view const prefix = descriptor.substr(0, descriptor.size() - 2);
  return event == prefix ||
         (event.starts_with(prefix) && event.size() > prefix.size() && event[prefix.size()] == '.');
}

bool passes(Transition const& transition, GuardEvaluator const& guard) {
  return !transition.guard || guard(*transition.guard);
}

class Selection {
 public:
  Selection(Definition const& definition, StateSet const& active, std::vector<StateIndex> const& order,
            std::string_view event, GuardEvaluator const& guard)
      : definition_(definition), active_(active), order_(order), event_(event), guard_(guard) {}

  std::vector<Transition const*> run() {
    (void)select_in(0);
    return std::move(found_);
  }

 private:
  Definition const& definition_;
  StateSet const& active_;
  std::vector<StateIndex> const& order_;
  std::string_view event_;
  GuardEvaluator const& guard_;
  std::vector<Transition const*> found_;

  bool select_in(StateIndex index) {
    State const& state = definition_.state(index);
    bool inside = false;
    if (state.type == StateType::Parallel) {
      for (StateIndex region : regions_of(index))
        if (select_in(region)) inside = true;
    } else if (state.type == StateType::Compound) {
      // In document order, a state's active child is the next active state.
      auto const& sorted = active_.sorted();
      auto const child = std::upper_bound(sorted.begin(), sorted.end(), index);
      inside = child != sorted.end() && *child < state.end && select_in(*child);
    }
    if (inside) return true;
    for (Transition const* transition : candidates_of(state, event_))
      if (passes(*transition, guard_)) {
        found_.push_back(transition);
        return true;
      }
    return false;
  }

  /// As the keys of XState's state value: whole numbers first, then the earlier entered.
  std::vector<StateIndex> regions_of(StateIndex parallel) const {
    std::vector<StateIndex> regions;
    for (StateIndex index : order_)
      if (definition_.state(index).parent == parallel) regions.push_back(index);
    auto const first_name = std::stable_partition(regions.begin(), regions.end(), [&](StateIndex region) {
      return definition_.state(region).numbered;
    });
    std::sort(regions.begin(), first_name);
    return regions;
  }
};

}  // namespace

std::vector<Transition const*> candidates_of(State const& state, std::string_view event) {
  std::vector<Transition const*> found;
  for (Transition const& transition : state.on)
    if (transition.event == event) found.push_back(&transition);
  if (!state.has_wildcards) return found;
  auto const exact = static_cast<std::ptrdiff_t>(found.size());
  for (Transition const& transition : state.on)
    if (transition.event != event && matches(transition.event, event)) found.push_back(&transition);
  std::stable_sort(found.begin() + exact, found.end(), [](Transition const* a, Transition const* b) {
    return a->event.size() > b->event.size();
  });
  return found;
}

std::vector<Transition const*> select(Definition const& definition, StateSet const& active,
                                      std::vector<StateIndex> const& order, std::string_view event,
                                      GuardEvaluator const& guard) {
  return Selection(definition, active, order, event, guard).run();
}

std::vector<Transition const*> select_eventless(Definition const& definition,
                                                std::vector<StateIndex> const& order,
                                                GuardEvaluator const& guard) {
  std::vector<Transition const*> found;
  if (!definition.has_eventless()) return found;
  for (StateIndex leaf : order) {
    if (!definition.state(leaf).is_leaf()) continue;
    Transition const* first = nullptr;
    for (std::optional<StateIndex> at = leaf; at && !first; at = definition.state(*at).parent)
      for (Transition const& transition : definition.state(*at).always)
        if (passes(transition, guard)) {
          first = &transition;
          break;
        }
    if (first && std::find(found.begin(), found.end(), first) == found.end()) found.push_back(first);
  }
  return found;
}

}  // namespace xiaohao::statechart
