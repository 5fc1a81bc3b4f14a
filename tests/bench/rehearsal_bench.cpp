// How long a rehearsed year takes: the 24 rows of 2024 with the demonstration's 20 townships, and 2,000 tasks
// spread over 200 units (a lead and two supporting shares each). Prints seconds and the ratio for each item.
//
//     ./dev bench rehearsal

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "cli/changed_rules.hpp"
#include "cli/plan_input.hpp"
#include "engine/creation_within.hpp"
#include "engine/json/document.hpp"
#include "engine/rehearsal/report.hpp"
#include "tests/bench/county.hpp"
#include "workflows/rules.hpp"

namespace {

using namespace xiaohao;
using Clock_ = std::chrono::steady_clock;

constexpr int tasks = 2000;
constexpr int units = 200;
constexpr int shares_of_a_task = 3;

ItemDefinition definition(int number, ItemKind kind) {
  Date const due = add_days(Date{std::chrono::year{2024} / 1 / 31}, number * 7 % 330);
  ItemDefinition item = bench::item(number, kind);
  item.schedule.phrase = to_string(due);
  item.schedule.start = Date{std::chrono::year{2024} / 1 / 1};
  item.schedule.due = due;
  return item;
}

cli::PlanInput province() {
  cli::PlanInput input{{{PlanYear{2024}, "预演", "bench", {}, {}}, {}}, {}};
  auto const person = [&](std::string name, std::optional<UnitId> unit, Role role) {
    Username const username{std::move(name)};
    input.organisation.participants.emplace(
        username,
        Participant{username, username.value(), std::move(unit), {role}, "a@example.invalid", true});
  };
  person("leader", std::nullopt, Role::Leader);
  person("coordinator", std::nullopt, Role::Coordinator);
  person("inspector", std::nullopt, Role::Inspector);
  auto const unit_of = [](int unit) { return UnitId{"unit" + std::to_string(unit % units)}; };
  for (int unit = 0; unit < units; ++unit) {
    UnitId const id = unit_of(unit);
    input.organisation.units.emplace(
        id, Unit{id, "单位" + std::to_string(unit), "agency", false, std::nullopt, Username{"leader"}});
    person("owner-" + id.value(), id, Role::Owner);
    person("head-" + id.value(), id, Role::Head);
  }
  for (int task = 1; task <= tasks; ++task) {
    std::size_t const parent = input.draft.items.size();
    input.draft.items.push_back({definition(task, ItemKind::Task), std::nullopt});
    for (int share = 0; share < shares_of_a_task; ++share) {
      ItemDefinition item = definition(task, ItemKind::Assignment);
      item.unit = unit_of(task * shares_of_a_task + share * 67);
      item.role = share == 0 ? UnitRole::Lead : UnitRole::Support;
      input.draft.items.push_back({std::move(item), parent});
    }
  }
  return input;
}

void rehearse(char const* what, cli::PlanInput const& input, cli::InstalledRules const& installed) {
  Instant const from = cli::counts_from(input.draft.plan.year, Instant::max());
  Date const last_day{std::chrono::year{2025} / 1 / 31};
  auto const began = Clock_::now();
  rehearsal::Stage stage(input.organisation);
  if (!create_plan_within(stage, installed.rules, input.draft, input.organisation,
                          workflows::shipped_lifecycles(), {from, from}))
    std::exit(3);
  auto const made = Clock_::now();
  rehearsal::Scenario const scenario;
  rehearsal::Terms const terms{installed.rules, scenario, 1, from, last_day};
  rehearsal::Play const played = rehearsal::play(stage, terms);
  auto const ended = Clock_::now();
  auto const plain = cli::without_holidays(installed);
  nlohmann::json const report = rehearsal::report_of(stage, played, terms, &plain);
  auto const told = Clock_::now();
  auto const seconds = [](auto from_, auto to) { return std::chrono::duration<double>(to - from_).count(); };
  std::printf(
      "%s: %d items of units, %d commands, %d timers, %d notices: %.3f s (plan %.3f, play %.3f, report "
      "%.3f), %.0f µs an item\n",
      what, report["items"].get<int>(), played.commands, played.timers, report["notices"]["total"].get<int>(),
      seconds(began, told), seconds(began, made), seconds(made, ended), seconds(ended, told),
      seconds(began, told) * 1e6 / report["items"].get<int>());
}

}  // namespace

int main() {
  auto const installed = cli::installed_rules();
  if (!installed) return 3;
  auto const county = cli::read_plan_input({"2024", "demonstration", std::nullopt, "bench"}, installed->rules,
                                           Instant::max());
  if (!county) return 3;
  rehearse("24 rows, 20 townships", *county, *installed);
  rehearse("2,000 tasks, 200 units", province(), *installed);
}
