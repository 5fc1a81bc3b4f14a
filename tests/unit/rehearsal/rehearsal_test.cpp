// A year of the shipped checklist's rows and the demonstration's people, played with the real engine.

#include <gmock/gmock.h>

#include "cli/changed_rules.hpp"
#include "cli/plan_input.hpp"
#include "engine/creation_within.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/rehearsal/random.hpp"
#include "engine/rehearsal/report.hpp"
#include "tests/unit/rehearsal/some_rows.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::rehearsal {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::Each;
using testing::Gt;
using testing::IsEmpty;
using testing::Not;

struct Played {
  Stage stage;
  json report;
};

/// `year` of some rows.
Played played(Scenario const& scenario, cli::InstalledRules const& installed, std::uint64_t seed = 1,
              std::string const& year = "2024", void (*change)(Organisation&) = nullptr) {
  auto input =
      cli::read_plan_input({some_rows(), "demonstration", year, "test"}, installed.rules, Instant::max());
  if (change) change(input->organisation);
  PlanYear const plan = input->draft.plan.year;
  Instant const from = cli::counts_from(plan, Instant::max());
  Stage stage(input->organisation);
  EXPECT_TRUE(create_plan_within(stage, installed.rules, input->draft, input->organisation,
                                 workflows::shipped_lifecycles(), {from, from}));
  Date const last_day{std::chrono::year{plan.value() + 1} / std::chrono::January / 31};
  Terms const terms{installed.rules, scenario, seed, from, last_day};
  Play const play = rehearsal::play(stage, terms);
  auto const plain = cli::without_holidays(installed);
  json report = report_of(stage, play, terms, &plain);
  return {std::move(stage), std::move(report)};
}

cli::InstalledRules shipped() { return *cli::installed_rules(); }

Scenario everybody_on_time() {
  Scenario scenario;
  scenario.conduct.late_percent = 0;
  scenario.conduct.returned_percent = 0;
  return scenario;
}

/// The default scenario, played once for all that only look at it.
Played const& default_year() {
  static Played const year = played({}, shipped());
  return year;
}

json policy_document() { return *xiaohao::json::read(*workflows::shipped("policies/escalation.json")); }

TEST(Rehearsal, OfAYearWhereEverybodyIsOnTimeSeesNoRedAndNoUrge) {
  json const report = played(everybody_on_time(), shipped()).report;
  EXPECT_EQ(report["red"]["days"], 0);
  EXPECT_FALSE(report["notices"]["by_step"].contains("urge")) << report["notices"]["by_step"];
  EXPECT_GT(report["notices"]["by_step"]["remind"], 0);
  EXPECT_GT(report["closed"].get<int>() * 100, report["items"].get<int>() * 95);
  EXPECT_THAT(report["nobody_told"], IsEmpty());
  EXPECT_THAT(report["nobody_to_act"], IsEmpty());
}

TEST(Rehearsal, TurnsThoseRedWhomTheScenarioMakesLateAndSupervisesThem) {
  Scenario scenario = everybody_on_time();
  Exception late{{UnitId{"zhujianju"}}, {}, {}, scenario.conduct};
  late.conduct.late_percent = 100;
  late.conduct.late_days = {15, 15};
  scenario.exceptions.push_back(late);
  Played const year = played(scenario, shipped());
  ASSERT_EQ(year.report["red"]["by_unit"].size(), 1u) << year.report["red"];
  EXPECT_EQ(year.report["red"]["by_unit"][0]["unit"], "zhujianju");
  EXPECT_GE(year.report["red"]["days"], 15);
  for (ToldNotice const& notice : year.stage.told())
    if (notice.step == "supervise" || notice.step == "urge") {
      EXPECT_EQ(year.stage.known_item(notice.item).definition.unit, UnitId{"zhujianju"});
    }
  EXPECT_GT(year.report["notices"]["by_step"]["supervise"], 0);
}

TEST(Rehearsal, OfTheSameSeedIsTheSameToTheByteAndOfAnotherIsNot) {
  std::string const first = default_year().report.dump();
  EXPECT_EQ(played({}, shipped(), 1).report.dump(), first);
  EXPECT_NE(played({}, shipped(), 8).report.dump(), first);
}

TEST(Rehearsal, NamesTheWeekOfMostDeadlinesAndWhoPeaksInIt) {
  json const& report = default_year().report;
  int most = 0;
  for (json const& week : report["deadlines"]["by_week"]) most = std::max(most, week["deadlines"].get<int>());
  EXPECT_EQ(report["deadlines"]["busiest_week"]["deadlines"], most);
  EXPECT_FALSE(report["peaks"]["unit"].is_null());
  EXPECT_FALSE(report["peaks"]["recipient"].is_null());
}

TEST(Rehearsal, SaysWhichDeadlinesFallOnDaysOffAndWhichStepsHolidaysMove) {
  json const& report = default_year().report;
  std::vector<std::string> due;
  for (json const& row : report["due_on_rest_days"]) due.push_back(row["due"]);
  EXPECT_THAT(due, Contains("2024-03-31"));  // a Sunday
  ASSERT_THAT(report["moved_by_holidays"], Not(IsEmpty()));
  for (json const& row : report["moved_by_holidays"]) EXPECT_NE(row["at"], row["by_weekends_alone"]);
}

TEST(Rehearsal, OfAYearWithoutACalendarSaysSo) {
  // January 2027, where late items of 2026 climb their ladders.
  json const report = played({}, shipped(), 1, "2026").report;
  EXPECT_THAT(report["years_without_calendar"], Contains(2027));
  EXPECT_THAT(default_year().report["years_without_calendar"], Not(Contains(2024)));
}

TEST(Rehearsal, FindsStepsThatWouldReachNobodyAndUnitsWhereNobodyCanAct) {
  auto const leave = [](Organisation& organisation) {
    for (auto& [username, participant] : organisation.participants)
      participant.active = username == Username{"inspector"};
  };
  json const report = played({}, shipped(), 1, "2024", leave).report;
  EXPECT_THAT(report["nobody_told"], Not(IsEmpty()));
  EXPECT_THAT(report["nobody_to_act"], Not(IsEmpty()));
  EXPECT_EQ(report["closed"], 0);
}

TEST(Rehearsal, OfAnotherPolicyTellsWhoGetsMoreAndWhoFewer) {
  json document = policy_document();
  auto& steps = document["escalation"]["ladders"][0]["steps"];
  for (auto step = steps.begin(); step != steps.end();)
    step = (*step)["id"] == "remind-7" ? steps.erase(step) : step + 1;
  auto const changed = cli::with_policy(shipped(), document);
  ASSERT_TRUE(changed);
  Played const& as_is = default_year();
  Played const other = played({}, *changed);
  json const comparison = comparison_of(as_is.stage, other.stage);
  EXPECT_LT(comparison["by_step"]["remind"]["after"], comparison["by_step"]["remind"]["before"]);
  EXPECT_THAT(comparison["by_step"]["remind"]["units_fewer"], Not(IsEmpty()));
  EXPECT_THAT(comparison["by_step"]["remind"]["units_more"], IsEmpty());
  EXPECT_THAT(comparison_of(as_is.stage, as_is.stage)["notices"], IsEmpty());
}

TEST(Scenario, WithFaultsNamesThemAll) {
  json const document{{"$schema", "xiaohao-scenario/1"},
                      {"conduct", {{"late_percent", 101}, {"late_days", {9, 3}}, {"latepercent", 1}}},
                      {"exceptions", {{{"kinds", {"Chore"}}}}}};
  auto const scenario = read_scenario(document);
  ASSERT_FALSE(scenario);
  std::vector<std::string> pointers;
  for (Fault const& fault : scenario.error().faults) pointers.push_back(fault.pointer);
  EXPECT_THAT(pointers, testing::IsSupersetOf({"/conduct/late_percent", "/conduct/late_days",
                                               "/conduct/latepercent", "/exceptions/0/kinds"}));
}

TEST(Chance, IsTheSameOnEveryMachine) {
  Chance chance(1, "item");
  std::vector<int> drawn;
  for (int count = 0; count < 5; ++count) drawn.push_back(chance.between(1, 100));
  EXPECT_THAT(drawn, testing::ElementsAre(73, 94, 57, 60, 41));
}

}  // namespace
}  // namespace xiaohao::rehearsal
