#include "engine/unfinished.hpp"

#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

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
  auto const values = reported_figures(reader.entries_of(share.id()));
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

std::map<std::string, std::int64_t> reported_figures(std::vector<JournalEntry> const& entries) {
  std::map<std::string, std::int64_t> values;
  for (JournalEntry const& entry : entries) {
    if (entry.type != "report" || !entry.payload.contains("indicators")) continue;
    for (auto const& [name, value] : entry.payload.at("indicators").items())
      values[name] = value.get<std::int64_t>();
  }
  return values;
}

std::vector<Text> unfinished(store::Reader const& reader, WorkItem const& share) {
  std::vector<Text> missing;
  if (share.definition.kind != ItemKind::Assignment || !share.definition.parent) return missing;
  add_milestones(missing, reader, share);
  add_indicators(missing, reader, share);
  return missing;
}

}  // namespace xiaohao
