#include "engine/unfinished.hpp"

#include <map>

#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

/// The value last reported for each indicator.
std::map<std::string, std::int64_t> reported(store::Reader const& reader, ItemId share) {
  std::map<std::string, std::int64_t> values;
  for (JournalEntry const& entry : reader.entries_of(share)) {
    if (entry.type != "report" || !entry.payload.contains("indicators")) continue;
    for (auto const& [name, value] : entry.payload.at("indicators").items())
      values[name] = value.get<std::int64_t>();
  }
  return values;
}

bool reaches(Indicator const& indicator, std::int64_t value) {
  if (indicator.comparison == ">=") return value >= indicator.target;
  if (indicator.comparison == "<=") return value <= indicator.target;
  return indicator.comparison != "=" || value == indicator.target;  // `~` is about as many: a person judges
}

void add_milestones(std::vector<Text>& missing, store::Reader const& reader, WorkItem const& share) {
  for (WorkItem const& part : reader.children(*share.definition.parent)) {
    ItemDefinition const& milestone = part.definition;
    if (milestone.kind != ItemKind::Milestone || milestone.unit != share.definition.unit ||
        !part.status.open())
      continue;
    missing.push_back({"节点未完成：" + milestone.title, "milestone open: " + milestone.title});
  }
}

void add_indicators(std::vector<Text>& missing, store::Reader const& reader, WorkItem const& share) {
  if (share.definition.indicators.empty()) return;
  auto const values = reported(reader, share.id());
  for (Indicator const& indicator : share.definition.indicators) {
    std::string const goal = indicator.name + " " + indicator.comparison + " " +
                             std::to_string(indicator.target) + " " + indicator.unit;
    auto const value = values.find(indicator.name);
    if (value == values.end())
      missing.push_back({"指标未填报：" + goal, "figure not reported: " + goal});
    else if (!reaches(indicator, value->second))
      missing.push_back({"指标未达标：" + goal + "，已报 " + std::to_string(value->second),
                         "figure not reached: " + goal + "; reported " + std::to_string(value->second)});
  }
}

}  // namespace

std::vector<Text> unfinished(store::Reader const& reader, WorkItem const& share) {
  std::vector<Text> missing;
  if (share.definition.kind != ItemKind::Assignment || !share.definition.parent) return missing;
  add_milestones(missing, reader, share);
  add_indicators(missing, reader, share);
  return missing;
}

}  // namespace xiaohao
