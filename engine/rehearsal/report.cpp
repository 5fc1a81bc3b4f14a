#include "engine/rehearsal/report.hpp"

#include <algorithm>

#include "engine/decision/coming_steps.hpp"
#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::rehearsal {
namespace {

using nlohmann::json;
using Weeks = std::map<Date, int>;

constexpr std::size_t steps_max = 100;

Date monday_of(Date date) {
  return add_days(date, -static_cast<int>((weekday_of(date) - std::chrono::Monday).count()));
}

bool is_told(ToldNotice const& notice) { return notice.withheld.empty(); }

json weeks_json(Weeks const& weeks, char const* what) {
  json list = json::array();
  for (auto const& [week, count] : weeks) list.push_back({{"week", to_string(week)}, {what, count}});
  return list;
}

std::pair<Date, int> heaviest(Weeks const& weeks) {
  std::pair<Date, int> most{Date{}, 0};
  for (auto const& [week, count] : weeks)
    if (count > most.second) most = {week, count};
  return most;
}

std::string name_of(Stage const& stage, UnitId const& unit) {
  Unit const* const known = stage.people().unit(unit);
  return known ? known->name : unit.value();
}

bool has_share_of_work(WorkItem const& item) {
  return item.definition.unit && item.status.due && !item.status.cancelled;
}

json notices_json(Stage const& stage, json& peaks) {
  std::map<Username, Weeks> by_recipient;
  std::map<std::string, int> by_step, by_channel, withheld;
  int total = 0;
  for (ToldNotice const& notice : stage.told()) {
    if (!is_told(notice)) {
      ++withheld[notice.withheld];
      continue;
    }
    ++total;
    ++by_step[notice.step];
    ++by_channel[notice.channel];
    ++by_recipient[notice.recipient][monday_of(local_date(notice.at))];
  }
  json recipients = json::array();
  std::pair<Date, int> most{Date{}, 0};
  for (auto const& [recipient, weeks] : by_recipient) {
    int notices = 0;
    for (auto const& [week, count] : weeks) notices += count;
    Participant const* const person = stage.people().participant(recipient);
    std::optional<Text> const group = group_name(recipient);
    recipients.push_back({{"recipient", recipient.value()},
                          {"name", person  ? person->name
                                   : group ? group->zh
                                           : recipient.value()},
                          {"unit", person && person->unit ? json(person->unit->value()) : json()},
                          {"notices", notices},
                          {"weeks", weeks_json(weeks, "notices")}});
    if (auto const week = heaviest(weeks); week.second > most.second) {
      most = week;
      peaks["recipient"] = {
          {"recipient", recipient.value()}, {"week", to_string(week.first)}, {"notices", week.second}};
    }
  }
  std::stable_sort(recipients.begin(), recipients.end(), [](json const& left, json const& right) {
    return left["notices"].get<int>() > right["notices"].get<int>();
  });
  return {{"total", total},
          {"by_step", by_step},
          {"by_channel", by_channel},
          {"withheld", withheld},
          {"by_recipient", recipients}};
}

json red_json(Stage const& stage, Play const& played) {
  json units = json::array();
  int days = 0;
  std::size_t items = 0;
  for (auto const& [unit, red] : played.red) {
    days += red.days;
    items += red.items.size();
    units.push_back({{"unit", unit.value()},
                     {"name", name_of(stage, unit)},
                     {"days", red.days},
                     {"items", red.items.size()}});
  }
  std::stable_sort(units.begin(), units.end(), [](json const& left, json const& right) {
    return left["days"].get<int>() > right["days"].get<int>();
  });
  return {{"days", days}, {"items", items}, {"by_unit", units}};
}

json deadlines_json(Stage const& stage, json& peaks) {
  Weeks weeks;
  std::map<UnitId, Weeks> by_unit;
  for (WorkItem const& item : stage.all_items()) {
    if (!has_share_of_work(item)) continue;
    Date const week = monday_of(*item.status.due);
    ++weeks[week];
    ++by_unit[*item.definition.unit][week];
  }
  int most = 0;
  for (auto const& [unit, of_unit] : by_unit)
    if (auto const week = heaviest(of_unit); week.second > most) {
      most = week.second;
      peaks["unit"] = {{"unit", unit.value()},
                       {"name", name_of(stage, unit)},
                       {"week", to_string(week.first)},
                       {"deadlines", week.second}};
    }
  json busiest;
  if (auto const week = heaviest(weeks); week.second > 0)
    busiest = {{"week", to_string(week.first)}, {"deadlines", week.second}};
  return {{"busiest_week", busiest}, {"by_week", weeks_json(weeks, "deadlines")}};
}

/// Items that are due together and climb the same ladder.
struct SameLadder {
  WorkItem const* example;
  std::set<int> numbers;
};

std::vector<SameLadder> ladders_of(Stage const& stage) {
  std::map<std::tuple<Date, ItemKind, std::vector<std::string>>, SameLadder> found;
  for (WorkItem const& item : stage.all_items()) {
    if (!has_share_of_work(item)) continue;
    auto& same = found[{*item.status.due, item.definition.kind, item.definition.campaigns}];
    if (!same.example) same.example = &item;
    same.numbers.insert(item.definition.number);
  }
  std::vector<SameLadder> ladders;
  for (auto& [key, same] : found) ladders.push_back(std::move(same));
  return ladders;
}

/// `item` as it stood before anybody worked on it: its whole ladder is to come.
WorkItem untouched(WorkItem item) {
  item.status.applied_at.reset();
  item.status.closed = item.status.cancelled = false;
  return item;
}

json rest_days_json(Stage const& stage, Terms const& terms) {
  std::map<Date, std::set<int>> due;
  for (WorkItem const& item : stage.all_items())
    if (has_share_of_work(item) && !terms.rules.calendar.is_working_day(*item.status.due))
      due[*item.status.due].insert(item.definition.number);
  json list = json::array();
  for (auto const& [date, numbers] : due)
    list.push_back({{"due", to_string(date)},
                    {"next_working_day", to_string(terms.rules.calendar.roll_forward(date))},
                    {"numbers", numbers}});
  return list;
}

json moved_json(Stage const& stage, Terms const& terms, decision::Escalation const* weekends_alone,
                std::set<int>& years) {
  json list = json::array();
  if (!terms.rules.escalation) return list;
  for (SameLadder const& same : ladders_of(stage)) {
    WorkItem const item = untouched(*same.example);
    std::map<std::string, Instant> alone;
    Instant after{};
    while (auto const step = weekends_alone ? weekends_alone->next_step(item, after) : std::nullopt) {
      alone[step->name] = step->at;
      after = step->at;
    }
    after = Instant{};
    while (auto const step = terms.rules.escalation->next_step(item, after)) {
      after = step->at;
      years.insert(static_cast<int>(local_date(step->at).year()));
      auto const plain = alone.find(step->name);
      if (plain == alone.end() || plain->second == step->at) continue;
      list.push_back({{"due", to_string(*item.status.due)},
                      {"kind", to_string(item.definition.kind)},
                      {"numbers", same.numbers},
                      {"step", step->name},
                      {"by_weekends_alone", to_string(plain->second)},
                      {"at", to_string(step->at)}});
    }
  }
  return list;
}

/// Steps that nobody would be told of. Who is told depends on the unit and its part, so that one item of each
/// is asked.
json nobody_told_json(Stage const& stage, Terms const& terms) {
  json list = json::array();
  if (!terms.rules.escalation) return list;
  std::set<std::tuple<UnitId, ItemKind, std::vector<std::string>>> asked;
  for (WorkItem const& item : stage.all_items()) {
    if (!has_share_of_work(item)) continue;
    if (!asked.insert({*item.definition.unit, item.definition.kind, item.definition.campaigns}).second)
      continue;
    std::vector<UnitId> const leads;
    decision::Surroundings const surroundings{stage.people(), leads, terms.from,
                                              [] { return std::vector<Notice>{}; }};
    for (decision::FutureStep const& step :
         decision::coming_steps(*terms.rules.escalation, untouched(item), Instant{}, surroundings, steps_max))
      if (step.recipients.empty())
        list.push_back({{"unit", item.definition.unit->value()},
                        {"name", name_of(stage, *item.definition.unit)},
                        {"kind", to_string(item.definition.kind)},
                        {"step", step.id}});
  }
  return list;
}

json nobody_to_act_json(Stage const& stage, Play const& played) {
  json list = json::array();
  for (auto const& [key, items] : played.nobody_to_act)
    list.push_back({{"event", key.first},
                    {"unit", key.second},
                    {"name", name_of(stage, UnitId{key.second})},
                    {"items", items.size()}});
  return list;
}

}  // namespace

json report_of(Stage const& stage, Play const& played, Terms const& terms,
               decision::Escalation const* weekends_alone) {
  json peaks = {{"recipient", nullptr}, {"unit", nullptr}};
  std::set<int> years{static_cast<int>(local_date(terms.from).year()),
                      static_cast<int>(terms.last_day.year())};
  for (WorkItem const& item : stage.all_items())
    if (has_share_of_work(item)) years.insert(static_cast<int>(item.status.due->year()));
  json report{{"format", "xiaohao-rehearsal/1"},
              {"from", to_string(terms.from)},
              {"until", to_string(terms.last_day)},
              {"scenario", terms.scenario.name},
              {"seed", terms.seed},
              {"commands", played.commands},
              {"timers", played.timers}};
  std::size_t of_units = 0, closed = 0;
  std::set<UnitId> units;
  for (WorkItem const& item : stage.all_items()) {
    if (!item.definition.unit) continue;
    ++of_units;
    units.insert(*item.definition.unit);
    if (item.status.closed) ++closed;
  }
  report["items"] = of_units;
  report["units"] = units.size();
  report["closed"] = closed;
  report["notices"] = notices_json(stage, peaks);
  report["red"] = red_json(stage, played);
  report["deadlines"] = deadlines_json(stage, peaks);
  report["peaks"] = std::move(peaks);
  report["due_on_rest_days"] = rest_days_json(stage, terms);
  report["moved_by_holidays"] = moved_json(stage, terms, weekends_alone, years);
  report["nobody_told"] = nobody_told_json(stage, terms);
  report["nobody_to_act"] = nobody_to_act_json(stage, played);
  report["years_without_calendar"] = json::array();
  for (int const year : years)
    if (!terms.rules.calendar.has_year(year)) report["years_without_calendar"].push_back(year);
  return report;
}

}  // namespace xiaohao::rehearsal
