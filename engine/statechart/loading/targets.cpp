#include "engine/statechart/loading/targets.hpp"

#include <algorithm>

namespace xiaohao::statechart::loading {

Targets::Targets(std::vector<State> const& states, std::unordered_map<std::string, StateIndex> const& by_id)
    : states_(states), by_id_(by_id) {
  for (StateIndex index = 0; index < states.size(); ++index)
    if (states[index].parent)
      children_.emplace(std::to_string(*states[index].parent) + "." + states[index].key, index);
}

std::optional<StateIndex> Targets::child(StateIndex parent, std::string_view key) const {
  auto const found = children_.find(std::to_string(parent) + "." + std::string(key));
  return found == children_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<StateIndex> Targets::down(StateIndex from, std::string_view path) const {
  for (bool more = true; more;) {
    auto const dot = path.find('.');
    auto const next = child(from, path.substr(0, dot));
    if (!next) return std::nullopt;
    from = *next;
    more = dot != std::string_view::npos;
    if (more) path = path.substr(dot + 1);
  }
  return from;
}

/// As XState: the id ends at the first dot, and a path goes on from there. An id that holds dots itself
/// counts where that reading finds nothing.
std::optional<StateIndex> Targets::by_id(std::string_view name) const {
  auto const dot = name.find('.');
  auto const head = by_id_.find(std::string(name.substr(0, dot)));
  if (head != by_id_.end()) {
    if (dot == std::string_view::npos) return head->second;
    if (auto const found = down(head->second, name.substr(dot + 1))) return found;
  }
  auto const whole = by_id_.find(std::string(name));
  return whole == by_id_.end() ? std::nullopt : std::optional(whole->second);
}

std::optional<StateIndex> Targets::from(StateIndex source, std::string_view name) const {
  if (name.starts_with('#')) return by_id(name.substr(1));
  if (name.starts_with('.')) return down(source, name.substr(1));
  auto const parent = states_[source].parent;
  return parent ? down(*parent, name) : std::nullopt;
}

std::optional<StateIndex> Targets::within(StateIndex parent, std::string_view name) const {
  return name.starts_with('#') ? by_id(name.substr(1)) : down(parent, name);
}

bool Targets::compatible(StateIndex a, StateIndex b) const {
  if (a == b) return true;
  StateIndex const outer = std::min(a, b), inner = std::max(a, b);
  if (inner < states_[outer].end) return true;
  std::optional<StateIndex> meet = states_[outer].parent;
  while (meet && inner >= states_[*meet].end) meet = states_[*meet].parent;
  return !meet || states_[*meet].type == StateType::Parallel;
}

}  // namespace xiaohao::statechart::loading
