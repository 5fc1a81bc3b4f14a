#include "engine/statechart/transition_sets.hpp"

#include <algorithm>
#include <unordered_map>

namespace xiaohao::statechart {

std::vector<StateIndex> TransitionSets::effective_targets(Transition const& transition) const {
  std::vector<StateIndex> found;
  for (StateIndex target : transition.targets) collect_effective(target, found);
  return found;
}

void TransitionSets::collect_effective(StateIndex target, std::vector<StateIndex>& found) const {
  if (!state(target).is_history()) {
    if (std::find(found.begin(), found.end(), target) == found.end()) found.push_back(target);
    return;
  }
  auto const remembered = history_.find(target);
  for (StateIndex index : remembered != history_.end() ? remembered->second : state(target).initial)
    collect_effective(index, found);
}

std::optional<StateIndex> TransitionSets::domain(Transition const& transition) const {
  std::vector<StateIndex> const targets = effective_targets(transition);
  StateIndex const source = transition.source;
  if (!transition.reenter && std::all_of(targets.begin(), targets.end(), [&](StateIndex target) {
        return target == source || descends(target, source);
      }))
    return source;
  StateIndex const head = targets.empty() ? source : targets.front();
  for (auto ancestor = state(head).parent; ancestor; ancestor = state(*ancestor).parent) {
    bool const common = descends(source, *ancestor) &&
                        std::all_of(targets.begin(), targets.end(),
                                    [&](StateIndex target) { return descends(target, *ancestor); });
    if (common) return ancestor;
  }
  if (transition.reenter) return std::nullopt;
  return StateIndex{0};
}

StateSet TransitionSets::exit_set(Transition const& transition) const {
  StateSet exits;
  if (transition.targetless || transition.targets.empty()) return exits;
  auto const within = domain(transition);
  if (!within) return active_;
  if (transition.reenter && within == transition.source) exits.insert(*within);
  auto const& sorted = active_.sorted();
  auto const first = std::upper_bound(sorted.begin(), sorted.end(), *within);
  for (auto at = first; at != sorted.end() && *at < state(*within).end; ++at) exits.insert(*at);
  return exits;
}

std::vector<Transition const*> TransitionSets::without_conflicts(
    std::vector<Transition const*> const& enabled) const {
  if (enabled.size() < 2) return enabled;
  std::vector<Transition const*> kept;
  std::unordered_map<Transition const*, StateSet> exits_of;
  std::unordered_map<StateIndex, Transition const*> left_by;  // each state by at most one that is kept
  for (Transition const* one : enabled) {
    StateSet& exits = exits_of[one] = exit_set(*one);
    std::vector<Transition const*> rivals;
    for (StateIndex index : exits)
      if (auto const found = left_by.find(index); found != left_by.end())
        if (std::find(rivals.begin(), rivals.end(), found->second) == rivals.end())
          rivals.push_back(found->second);
    bool const preempted = std::any_of(rivals.begin(), rivals.end(), [&](Transition const* rival) {
      return !descends(one->source, rival->source);
    });
    if (preempted) continue;
    for (Transition const* rival : rivals) {
      for (StateIndex index : exits_of[rival]) left_by.erase(index);
      std::erase(kept, rival);
    }
    for (StateIndex index : exits) left_by[index] = one;
    kept.push_back(one);
  }
  return kept;
}

StateSet TransitionSets::exits(std::vector<Transition const*> const& transitions) const {
  if (transitions.size() == 1) return exit_set(*transitions.front());
  StateSet all;
  for (Transition const* transition : transitions)
    for (StateIndex index : exit_set(*transition)) all.insert(index);
  return all;
}

std::vector<std::optional<StateIndex>> TransitionSets::domains(
    std::vector<Transition const*> const& transitions) const {
  std::vector<std::optional<StateIndex>> found;
  for (Transition const* transition : transitions) found.push_back(domain(*transition));
  return found;
}

EntrySet TransitionSets::entries(std::vector<Transition const*> const& transitions,
                                 std::vector<std::optional<StateIndex>> const& domains) const {
  EntrySet enter;
  for (std::size_t at = 0; at < transitions.size(); ++at) add_entries(*transitions[at], domains[at], enter);
  return enter;
}

EntrySet TransitionSets::initial_entries() const {
  EntrySet enter{{0}, {0}};
  add_descendants(0, enter);
  return enter;
}

void TransitionSets::add_entries(Transition const& transition, std::optional<StateIndex> within,
                                 EntrySet& enter) const {
  if (transition.targetless) return;
  for (StateIndex target : transition.targets) {
    bool const stays = transition.source == target && within == transition.source && !transition.reenter;
    if (!state(target).is_history() && !stays) {
      enter.states.insert(target);
      enter.by_default.insert(target);
    }
    add_descendants(target, enter);
  }
  bool const from_root = !state(transition.source).parent && transition.reenter;
  for (StateIndex target : effective_targets(transition)) {
    std::vector<StateIndex> ancestors = ancestors_below(target, within);
    if (within && state(*within).type == StateType::Parallel) ancestors.push_back(*within);
    add_ancestors(ancestors, from_root ? std::nullopt : within, enter);
  }
}

std::vector<StateIndex> TransitionSets::ancestors_below(StateIndex of,
                                                        std::optional<StateIndex> limit) const {
  std::vector<StateIndex> found;
  if (limit == of) return found;
  for (auto at = state(of).parent; at && at != limit; at = state(*at).parent) found.push_back(*at);
  return found;
}

void TransitionSets::add_ancestors(std::vector<StateIndex> const& ancestors, std::optional<StateIndex> within,
                                   EntrySet& enter) const {
  for (StateIndex ancestor : ancestors) {
    if (!within || descends(ancestor, *within)) enter.states.insert(ancestor);
    if (state(ancestor).type == StateType::Parallel) add_missing_regions(ancestor, enter, false);
  }
}

void TransitionSets::add_missing_regions(StateIndex parallel, EntrySet& enter, bool by_default) const {
  for (StateIndex region : state(parallel).children) {
    if (state(region).is_history() || enter.states.any_within(region + 1, state(region).end)) continue;
    enter.states.insert(region);
    if (by_default) enter.by_default.insert(region);
    add_descendants(region, enter);
  }
}

void TransitionSets::add_descendants(StateIndex index, EntrySet& enter) const {
  State const& here = state(index);
  if (here.is_history()) {
    auto const remembered = history_.find(index);
    bool const fresh = remembered == history_.end();
    std::vector<StateIndex> const& targets = fresh ? here.initial : remembered->second;
    for (StateIndex target : targets) {
      if (!state(target).is_history()) enter.states.insert(target);
      if (fresh && here.inherits_initial) enter.by_default.insert(*here.parent);
      add_descendants(target, enter);
    }
    for (StateIndex target : targets)
      add_ancestors(ancestors_below(target, here.parent), std::nullopt, enter);
  } else if (here.type == StateType::Compound) {
    StateIndex const first = here.initial.front();
    if (!state(first).is_history()) {
      enter.states.insert(first);
      enter.by_default.insert(first);
    }
    add_descendants(first, enter);
    add_ancestors(ancestors_below(first, index), std::nullopt, enter);
  } else if (here.type == StateType::Parallel) {
    add_missing_regions(index, enter, true);
  }
}

}  // namespace xiaohao::statechart
