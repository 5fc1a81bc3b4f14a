// A calendar that changes in a running year of 10,000 items, each due so many working days after New Year:
// how long it takes to show what would be others, and to carry it out in one transaction on a real file.
// Whatever is decided later must have been shown: the year is played on, and each notice held against the
// list.
//
//     ./dev bench recompute [FOLDER]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "cli/changed_rules.hpp"
#include "engine/calendar/deadline_phrase.hpp"
#include "engine/creation.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/rule_change.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/county.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace {

using namespace xiaohao;
using bench::must;
using Clock_ = std::chrono::steady_clock;

constexpr int tasks = 2500;
constexpr int units = 200;
constexpr int shares_of_a_task = 3;

double seconds_since(Clock_::time_point began) {
  return std::chrono::duration<double>(Clock_::now() - began).count();
}

ItemDefinition definition(int number, ItemKind kind, decision::Rules const& rules) {
  ItemDefinition item = bench::item(number, kind);
  Date const new_year{std::chrono::year{2024} / 1 / 1};
  item.schedule =
      must(calendar::read_deadline(std::to_string(20 + number % 200) + "个工作日内",
                                   {2024, new_year, &rules.calendar, rules.settings.immediate_days}))
          .schedule;
  return item;
}

}  // namespace

int main(int count, char** values) {
  std::filesystem::path const folder =
      std::filesystem::path(count > 1 ? values[1] : std::filesystem::temp_directory_path().string()) /
      "xiaohao-recompute-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto const installed = must(cli::installed_rules());
  auto document = must(json::read(*workflows::shipped("calendars/cn-2024-2026.json")));
  document["years"][0]["holidays"].push_back({{"name", "县庆"}, {"date", "2024-01-24"}});
  auto const changed = must(cli::with_calendar(installed, document));

  Organisation organisation;
  auto const person = [&](std::string name, std::optional<UnitId> unit, Role role) {
    Username const username{std::move(name)};
    organisation.participants.emplace(
        username,
        Participant{username, username.value(), std::move(unit), {role}, "a@example.invalid", true});
  };
  person("leader", std::nullopt, Role::Leader);
  person("coordinator", std::nullopt, Role::Coordinator);
  for (int unit = 0; unit < units; ++unit) {
    UnitId const id{"unit" + std::to_string(unit)};
    organisation.units.emplace(
        id, Unit{id, "单位" + std::to_string(unit), "agency", false, std::nullopt, Username{"leader"}});
    person("owner-" + id.value(), id, Role::Owner);
    person("head-" + id.value(), id, Role::Head);
  }
  std::vector<ItemDraft> drafts;
  for (int task = 1; task <= tasks; ++task) {
    std::size_t const parent = drafts.size();
    drafts.push_back({definition(task, ItemKind::Task, installed.rules), std::nullopt});
    for (int share = 0; share < shares_of_a_task; ++share) {
      ItemDefinition item = definition(task, ItemKind::Assignment, installed.rules);
      item.unit = UnitId{"unit" + std::to_string((task * shares_of_a_task + share * 67) % units)};
      item.role = share == 0 ? UnitRole::Lead : UnitRole::Support;
      drafts.push_back({std::move(item), parent});
    }
  }
  auto const store = must(store::create_sqlite((folder / "county.db").string()));
  VirtualClock clock{parse_instant("2024-01-02T09:00:00+08:00").value()};
  Moment const moment{clock.now(), clock.now()};
  if (!create_plan(*store, installed.rules, {{PlanYear{2024}, "plan", "bench", {}, {}}, drafts}, organisation,
                   workflows::shipped_lifecycles(), moment))
    return 3;

  RuleChange const change{installed.rules, changed.rules, {}};
  auto began = Clock_::now();
  Effects const shown = must(effects_of(*store->read(), change, clock.now()));
  std::printf("%zu items: %zu due dates, %zu lights, %zu steps shown in %.2f s\n", drafts.size(),
              shown.dues.size(), shown.lights.size(), shown.steps.size(), seconds_since(began));
  auto const commits = store->commits();
  began = Clock_::now();
  Effects const done = must(change_rules(*store, change, {{"rules/calendar", document}},
                                         Actor::person(Username{"leader"}), moment));
  std::printf("carried out in %.2f s, %lld commit\n", seconds_since(began),
              static_cast<long long>(store->commits() - commits));
  if (done.steps.size() != shown.steps.size() || !store->read()->notices({}).empty()) {
    std::fprintf(stderr, "what was done is not what was shown\n");
    return 1;
  }
  std::set<std::pair<std::int64_t, Instant>> gone;
  for (StepChange const& step : shown.steps)
    if (step.before) gone.emplace(step.item.id().value(), *step.before);
  for (StepChange const& step : shown.steps)
    if (step.after) gone.erase({step.item.id().value(), *step.after});
  Engine engine(*store, clock, changed.rules);
  clock.advance_to(parse_instant("2024-02-20T00:00:00+08:00").value());
  must(engine.advance(clock.now()));
  store::NoticeFilter all;
  all.limit = 10'000'000;
  std::size_t told = 0, not_shown = 0;
  for (Notice const& notice : store->read()->notices(all)) {
    ++told;
    if (gone.contains({notice.item.value(), notice.decided_at})) ++not_shown;
  }
  std::printf("%zu notices until 20 February, %zu of them at an instant that was said to be no more\n", told,
              not_shown);
  std::filesystem::remove_all(folder);
  return not_shown == 0 ? 0 : 1;
}
