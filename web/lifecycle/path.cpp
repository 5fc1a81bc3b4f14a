#include "web/lifecycle/path.hpp"

#include <algorithm>
#include <optional>

#include "engine/statechart/interpreter.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using statechart::Configuration;
using statechart::Definition;
using statechart::StateIndex;
using statechart::Transition;

/// The states that a value as XState prints it names below `index`; false when it names one that is not
/// there.
bool collect(Definition const& definition, StateIndex index, nlohmann::json const& value,
             std::set<StateIndex>& active) {
  active.insert(index);
  auto const child = [&](std::string const& key) -> std::optional<StateIndex> {
    for (StateIndex const candidate : definition.state(index).children)
      if (definition.state(candidate).key == key) return candidate;
    return std::nullopt;
  };
  if (value.is_string()) {
    auto const found = child(value.get_ref<std::string const&>());
    if (found) active.insert(*found);
    return found.has_value();
  }
  if (!value.is_object()) return false;
  for (auto const& [key, inner] : value.items()) {
    auto const found = child(key);
    if (!found || !collect(definition, *found, inner, active)) return false;
  }
  return true;
}

std::optional<Configuration> configuration_of(Definition const& definition, JournalEntry const& entry,
                                              char const* name) {
  auto const value = entry.outcome.find(name);
  if (value == entry.outcome.end()) return std::nullopt;
  std::set<StateIndex> active;
  if (!collect(definition, 0, *value, active)) return std::nullopt;
  Configuration configuration;
  configuration.active.assign(active.begin(), active.end());
  return configuration;
}

bool leads_into(Definition const& definition, Transition const& transition, Configuration const& to) {
  return std::all_of(transition.targets.begin(), transition.targets.end(), [&](StateIndex target) {
    auto const& state = definition.state(target);
    return to.contains(state.is_history() ? state.parent.value_or(target) : target);
  });
}

}  // namespace

Path path_of(Definition const& definition, std::vector<JournalEntry> const& entries) {
  Path path;
  for (JournalEntry const& entry : entries) {
    auto const from = configuration_of(definition, entry, "from");
    auto const to = configuration_of(definition, entry, "to");
    if (to) path.visited.insert(to->active.begin(), to->active.end());
    if (!from || !to) continue;
    path.visited.insert(from->active.begin(), from->active.end());
    std::vector<StateIndex> sources;
    for (Transition const* transition : statechart::candidates(definition, *from, entry.type)) {
      // Of one state and those around it only the innermost answers.
      bool const answered = std::any_of(sources.begin(), sources.end(), [&](StateIndex source) {
        return source == transition->source || definition.descends(source, transition->source);
      });
      if (answered || !leads_into(definition, *transition, *to)) continue;
      ++path.taken[transition];
      sources.push_back(transition->source);
    }
  }
  return path;
}

}  // namespace xiaohao::web::lifecycle
