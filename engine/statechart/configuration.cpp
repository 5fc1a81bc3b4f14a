#include "engine/statechart/configuration.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/statechart/state_set.hpp"

namespace xiaohao::statechart {
namespace {

nlohmann::json value_below(Definition const& definition, Configuration const& configuration,
                           StateIndex index) {
  State const& here = definition.state(index);
  nlohmann::json value = nlohmann::json::object();
  for (StateIndex child : here.children) {
    if (!configuration.contains(child)) continue;
    State const& inner = definition.state(child);
    if (here.type == StateType::Compound && inner.is_leaf()) return inner.key;
    value[inner.key] = value_below(definition, configuration, child);
  }
  return value;
}

nlohmann::json ids_of(Definition const& definition, std::vector<StateIndex> const& states) {
  nlohmann::json ids = nlohmann::json::array();
  for (StateIndex index : states) ids.push_back(definition.state(index).id);
  return ids;
}

/// Reads a stored configuration, and checks that it is one that the definition can be in.
class ConfigurationReader {
 public:
  ConfigurationReader(Definition const& definition, nlohmann::json const& document)
      : definition_(definition), fields_(document, "") {}

  Result<Configuration> read() {
    Configuration configuration;
    configuration.done = fields_.boolean_or("done", false);
    StateSet active;
    for (StateIndex leaf : states("active"))
      for (std::optional<StateIndex> at = leaf; at; at = definition_.state(*at).parent) active.insert(*at);
    configuration.active = active.sorted();
    configuration.entered = states("entered");
    if (nlohmann::json const* history = fields_.optional("history")) read_history(*history, configuration);
    if (auto const finished = fields_.finish(); !finished) return tl::unexpected(finished.error());
    if (!history_faults_.empty())
      return tl::unexpected(Refusal{Reason::Malformed, std::move(history_faults_)});
    if (auto const fault = illegal(active)) return tl::unexpected(Refusal{Reason::Malformed, {*fault}});
    return configuration;
  }

 private:
  Definition const& definition_;
  json::Fields fields_;
  std::vector<Fault> history_faults_;

  static Fault unknown(std::string pointer, std::string const& id) {
    return {std::move(pointer), {"生命周期没有状态 " + id, "the lifecycle has no state " + id}};
  }

  std::vector<StateIndex> states(char const* name) {
    std::vector<StateIndex> found;
    for (std::string const& id : fields_.texts(name)) {
      auto const index = definition_.find(id);
      if (index && !definition_.state(*index).is_history())
        found.push_back(*index);
      else
        fields_.fault(name, "the lifecycle has no state " + id);
    }
    return found;
  }

  void read_history(nlohmann::json const& history, Configuration& configuration) {
    json::Fields remembered(history, "/history");
    if (!history.is_object()) return history_faults_.push_back(unknown("/history", history.dump()));
    for (auto const& [of, value] : history.items()) {
      auto const index = definition_.find(of);
      if (!index || !definition_.state(*index).is_history()) {
        history_faults_.push_back(unknown(remembered.pointer(of), of));
        continue;
      }
      for (std::string const& id : remembered.texts(of)) {
        auto const target = definition_.find(id);
        if (target && definition_.descends(*target, *definition_.state(*index).parent))
          configuration.history[*index].push_back(*target);
        else
          history_faults_.push_back(unknown(remembered.pointer(of), id));
      }
    }
  }

  /// The first state that breaks the rule: one child of a compound state, all regions of a parallel one.
  std::optional<Fault> illegal(StateSet const& active) const {
    if (!active.contains(0)) return Fault{"/active", {"没有活动状态", "no state is active"}};
    for (StateIndex index : active) {
      State const& state = definition_.state(index);
      auto const inside = std::count_if(state.children.begin(), state.children.end(),
                                        [&](StateIndex child) { return active.contains(child); });
      auto const regions = std::count_if(state.children.begin(), state.children.end(), [&](StateIndex child) {
        return !definition_.state(child).is_history();
      });
      bool const legal = state.type == StateType::Compound   ? inside == 1
                         : state.type == StateType::Parallel ? inside == regions
                                                             : true;
      if (!legal)
        return Fault{"/active",
                     {"状态 " + state.id + " 的下级状态不完整或重复",
                      "too many or too few states are active within " + state.id}};
    }
    return std::nullopt;
  }
};

}  // namespace

bool Configuration::contains(StateIndex state) const {
  return std::binary_search(active.begin(), active.end(), state);
}

nlohmann::json value_of(Definition const& definition, Configuration const& configuration) {
  return value_below(definition, configuration, 0);
}

nlohmann::json to_json(Definition const& definition, Configuration const& configuration) {
  std::vector<StateIndex> leaves;
  for (StateIndex index : configuration.active)
    if (definition.state(index).is_leaf()) leaves.push_back(index);
  nlohmann::json json{{"active", ids_of(definition, leaves)}, {"done", configuration.done}};
  if (!configuration.entered.empty()) json["entered"] = ids_of(definition, configuration.entered);
  if (!configuration.history.empty()) {
    nlohmann::json& history = json["history"] = nlohmann::json::object();
    for (auto const& [of, states] : configuration.history)
      history[definition.state(of).id] = ids_of(definition, states);
  }
  return json;
}

Result<Configuration> from_json(Definition const& definition, nlohmann::json const& document) {
  return ConfigurationReader(definition, document).read();
}

}  // namespace xiaohao::statechart
