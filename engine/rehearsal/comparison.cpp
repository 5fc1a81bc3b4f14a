#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/rehearsal/report.hpp"

namespace xiaohao::rehearsal {
namespace {

using nlohmann::json;
/// What an item is in both plays. Occurrences are made in the course of each, so that their ids may differ.
using Place = std::tuple<ItemId, std::string, std::optional<Date>>;
using Kind = std::tuple<Place, std::string, Username, std::string>;  ///< place, step, recipient, channel
struct Instants {
  ItemDefinition const* item = nullptr;
  std::vector<Instant> at;
};
using Told = std::map<Kind, Instants>;

Place place_of(ItemDefinition const& item) {
  if (item.kind != ItemKind::Occurrence || !item.parent) return {item.id, "", std::nullopt};
  return {*item.parent, item.title, item.schedule.due};
}

Told told_by(Stage const& stage) {
  Told told;
  for (ToldNotice const& notice : stage.told()) {
    if (!notice.withheld.empty()) continue;
    ItemDefinition const& item = stage.known_item(notice.item).definition;
    Instants& instants = told[{place_of(item), notice.step, notice.recipient, notice.channel}];
    instants.item = &item;
    instants.at.push_back(notice.at);
  }
  for (auto& [kind, instants] : told) std::sort(instants.at.begin(), instants.at.end());
  return told;
}

json row(ItemDefinition const& definition, Kind const& kind, std::optional<Instant> before,
         std::optional<Instant> after) {
  auto const& [place, step, recipient, channel] = kind;
  auto const instant = [](std::optional<Instant> at) { return at ? json(to_string(*at)) : json(); };
  return {{"item", definition.id.value()},
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
  static Instants const never;
  std::map<std::string, Difference> by_step;
  json rows = json::array();
  for (Kind const& kind : kinds) {
    auto const was = before.find(kind);
    auto const is = after.find(kind);
    ItemDefinition const& item = *(was == before.end() ? is : was)->second.item;
    std::vector<Instant> const& then = (was == before.end() ? never : was->second).at;
    std::vector<Instant> const& now = (is == after.end() ? never : is->second).at;
    Difference& difference = by_step[std::get<1>(kind)];
    difference.before += static_cast<int>(then.size());
    difference.after += static_cast<int>(now.size());
    auto const& unit = item.unit;
    for (std::size_t at = 0; at < std::max(then.size(), now.size()); ++at) {
      auto const first = at < then.size() ? std::optional(then[at]) : std::nullopt;
      auto const second = at < now.size() ? std::optional(now[at]) : std::nullopt;
      if (first == second) continue;
      if (first && second) ++difference.moved;
      if (!first && unit) difference.units_more.insert(unit->value());
      if (!second && unit) difference.units_fewer.insert(unit->value());
      rows.push_back(row(item, kind, first, second));
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
