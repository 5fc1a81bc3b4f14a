#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/rehearsal/report.hpp"

namespace xiaohao::rehearsal {
namespace {

using nlohmann::json;
using Kind = std::tuple<ItemId, std::string, Username, std::string>;  ///< item, step, recipient, channel
using Told = std::map<Kind, std::vector<Instant>>;

Told told_by(Stage const& stage) {
  Told told;
  for (ToldNotice const& notice : stage.told())
    if (notice.withheld.empty())
      told[{notice.item, notice.step, notice.recipient, notice.channel}].push_back(notice.at);
  for (auto& [kind, instants] : told) std::sort(instants.begin(), instants.end());
  return told;
}

json row(Stage const& stage, Kind const& kind, std::optional<Instant> before, std::optional<Instant> after) {
  auto const& [item, step, recipient, channel] = kind;
  auto const& definition = stage.known_item(item).definition;
  auto const instant = [](std::optional<Instant> at) { return at ? json(to_string(*at)) : json(); };
  return {{"item", item.value()},
          {"number", definition.number},
          {"title", definition.title},
          {"unit", definition.unit ? json(definition.unit->value()) : json()},
          {"step", step},
          {"recipient", recipient.value()},
          {"channel", channel},
          {"before", instant(before)},
          {"after", instant(after)}};
}

struct Difference {
  int before = 0, after = 0, moved = 0;
  std::set<std::string> units_more, units_fewer;
};

}  // namespace

json comparison_of(Stage const& as_is, Stage const& changed) {
  Told const before = told_by(as_is);
  Told const after = told_by(changed);
  std::set<Kind> kinds;
  for (auto const& [kind, instants] : before) kinds.insert(kind);
  for (auto const& [kind, instants] : after) kinds.insert(kind);
  static std::vector<Instant> const never;
  std::map<std::string, Difference> by_step;
  json rows = json::array();
  for (Kind const& kind : kinds) {
    auto const was = before.find(kind);
    auto const is = after.find(kind);
    std::vector<Instant> const& then = was == before.end() ? never : was->second;
    std::vector<Instant> const& now = is == after.end() ? never : is->second;
    Difference& difference = by_step[std::get<1>(kind)];
    difference.before += static_cast<int>(then.size());
    difference.after += static_cast<int>(now.size());
    auto const& unit = as_is.known_item(std::get<0>(kind)).definition.unit;
    for (std::size_t at = 0; at < std::max(then.size(), now.size()); ++at) {
      auto const first = at < then.size() ? std::optional(then[at]) : std::nullopt;
      auto const second = at < now.size() ? std::optional(now[at]) : std::nullopt;
      if (first == second) continue;
      if (first && second) ++difference.moved;
      if (!first && unit) difference.units_more.insert(unit->value());
      if (!second && unit) difference.units_fewer.insert(unit->value());
      rows.push_back(row(as_is, kind, first, second));
    }
  }
  json steps = json::object();
  for (auto const& [step, difference] : by_step)
    steps[step] = {{"before", difference.before},
                   {"after", difference.after},
                   {"moved", difference.moved},
                   {"units_more", difference.units_more},
                   {"units_fewer", difference.units_fewer}};
  return {{"by_step", std::move(steps)}, {"notices", std::move(rows)}};
}

}  // namespace xiaohao::rehearsal
