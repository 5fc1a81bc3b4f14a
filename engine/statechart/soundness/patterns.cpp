#include "engine/statechart/soundness/patterns.hpp"

#include <algorithm>

namespace xiaohao::statechart::soundness {
namespace {

bool has_name(State const& state, StateName const& name) {
  if (name.starts_with('#')) return state.id == name.substr(1);
  return std::find(state.tags.begin(), state.tags.end(), name) != state.tags.end();
}

template <class Container, class Value>
bool has(Container const& values, Value const& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whether `call` is what `asked` names: the same name, and equal in every parameter that is given.
bool fits(Call const& asked, Call const& call) {
  if (asked.name != call.name) return false;
  for (auto const& [name, value] : asked.params.items()) {
    auto const found = call.params.find(name);
    if (found == call.params.end() || *found != value) return false;
  }
  return true;
}

/// Whether some state of `states` is in `now` and not in `then`.
bool any_new(std::vector<bool> const& states, std::vector<StateIndex> const& now,
             std::vector<StateIndex> const& then) {
  return std::any_of(now.begin(), now.end(), [&](StateIndex state) {
    return states[state] && !std::binary_search(then.begin(), then.end(), state);
  });
}

}  // namespace

std::vector<bool> states_named(Definition const& definition, std::vector<StateName> const& names) {
  std::vector<bool> found;
  for (StateIndex index = 0; index < definition.states().size(); ++index)
    if (std::any_of(names.begin(), names.end(),
                    [&](StateName const& name) { return has_name(definition.state(index), name); })) {
      found.resize(definition.states().size());
      found[index] = true;
    }
  return found;
}

std::vector<StateName> unknown_names(Definition const& definition, std::vector<StateName> const& names) {
  std::vector<StateName> unknown;
  for (StateName const& name : names)
    if (states_named(definition, {name}).empty()) unknown.push_back(name);
  return unknown;
}

bool any_active(std::vector<bool> const& states, Configuration const& configuration) {
  return !states.empty() && any_new(states, configuration.active, {});
}

Matcher::Matcher(Definition const& definition, Pattern const& pattern)
    : pattern_(&pattern),
      enters_(states_named(definition, pattern.enters)),
      leaves_(states_named(definition, pattern.leaves)) {}

bool Matcher::operator()(Observation const& seen) const {
  Pattern const& asked = *pattern_;
  if (asked.empty()) return false;
  if (!asked.events.empty() && !has(asked.events, seen.event)) return false;
  if (!asked.delays.empty() && (seen.delay.empty() || !has(asked.delays, seen.delay))) return false;
  auto const& transitions = seen.step.transitions;
  if (!asked.guards.empty() &&
      std::none_of(transitions.begin(), transitions.end(), [&](Transition const* transition) {
        return transition->guard && has(asked.guards, transition->guard->name);
      }))
    return false;
  auto const& ran = seen.step.actions;
  if (!asked.actions.empty() && std::none_of(ran.begin(), ran.end(), [&](Call const& call) {
        return std::any_of(asked.actions.begin(), asked.actions.end(),
                           [&](Call const& action) { return fits(action, call); });
      }))
    return false;
  auto const& after = seen.step.configuration.active;
  if (!asked.enters.empty() && (enters_.empty() || !any_new(enters_, after, seen.before))) return false;
  if (!asked.leaves.empty() && (leaves_.empty() || !any_new(leaves_, seen.before, after))) return false;
  return true;
}

}  // namespace xiaohao::statechart::soundness
