#include "engine/decision/placement.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao::decision {

using nlohmann::json;
using statechart::Configuration;
using statechart::Definition;

std::string stage_of(Definition const& lifecycle, Configuration const& configuration) {
  json value = statechart::value_of(lifecycle, configuration);
  auto const main = lifecycle.meta().find("main");
  if (main != lifecycle.meta().end() && value.is_object() && value.contains(main->get<std::string>()))
    value = value.at(main->get<std::string>());
  while (value.is_object() && !value.empty()) {
    json const inner = value.begin().value();
    if (inner.is_object() && inner.empty()) return value.begin().key();
    value = inner;
  }
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool has_tag(Definition const& lifecycle, Configuration const& configuration, std::string_view tag) {
  return std::any_of(configuration.active.begin(), configuration.active.end(),
                     [&](statechart::StateIndex index) {
                       auto const& tags = lifecycle.state(index).tags;
                       return std::find(tags.begin(), tags.end(), tag) != tags.end();
                     });
}

void place(ItemStatus& status, Definition const& lifecycle, Configuration const& configuration) {
  status.configuration = statechart::to_json(lifecycle, configuration).dump();
  status.stage = stage_of(lifecycle, configuration);
  status.closed = has_tag(lifecycle, configuration, "closed");
  status.cancelled = has_tag(lifecycle, configuration, "cancelled");
}

std::vector<std::string> active_states(Definition const& lifecycle, Configuration const& configuration) {
  std::vector<std::string> keys;
  for (statechart::StateIndex index : configuration.active)
    if (lifecycle.state(index).parent) keys.push_back(lifecycle.state(index).key);
  return keys;
}

}  // namespace xiaohao::decision
