#include "cli/rehearse.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/changed_rules.hpp"
#include "cli/database.hpp"
#include "cli/plan_input.hpp"
#include "cli/rehearsal_text.hpp"
#include "cli/rule_options.hpp"
#include "engine/creation_within.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/rehearsal/report.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao rehearse --checklist FILE [--year N] | --db URL  [--scenario FILE] [--seed N] [--json]\n"
    "Plays a year with the engine itself: who is told what and when, who turns red, which weeks are heavy.\n"
    "Nothing is changed; the same seed gives the same bytes.\n\n"
    "  --checklist FILE     xiaohao-checklist/1; 2024 names the one that is shipped\n"
    "  --organisation FILE  xiaohao-organisation/1; the demonstration's, unless given\n"
    "  --year N             the year to play; the checklist's own, or the last plan of the database\n"
    "  --db URL             plays on from the present state of a database, beside a running server\n"
    "  --from DATE          with --db: plays from the beginning of that day; from now, unless given\n"
    "  --scenario FILE      xiaohao-scenario/1: who acts when; everybody on time but one in ten, unless "
    "given\n"
    "  --seed N             0 to 2147483647; 1, unless given\n"
    "  --policy FILE        xiaohao-policy/1: plays by it too, and says what it tells more and fewer\n"
    "  --calendar FILE      xiaohao-calendar/1: the same\n"
    "  --phrase ITEM=PHRASE with --db: another deadline for one item, the same\n\n"
    "Example: xiaohao rehearse --checklist 2024 --year 2024 --seed 7\n";

/// Late items climb the ladder beyond the year's end.
constexpr int days_played_on = 31;

using Outcome = tl::expected<nlohmann::json, Refused>;

auto at_fault(std::string where) {
  return [where = std::move(where)](Refusal refusal) { return Refused{where, std::move(refusal)}; };
}

Refused wrong(std::string const& where, std::string const& detail) {
  return {where, Refusal{Reason::Malformed, {{"", {detail, detail}}}}};
}

Date last_day_of(PlanYear year) {
  return add_days(Date{std::chrono::year{year.value()} / std::chrono::December / 31}, days_played_on);
}

struct Conditions {
  rehearsal::Scenario scenario;
  std::uint64_t seed = 1;
};

tl::expected<Conditions, Refused> read_conditions(Arguments const& arguments) {
  Conditions conditions;
  if (auto const file = arguments.option("--scenario")) {
    auto scenario = json::read_file(*file).and_then(rehearsal::read_scenario).map_error(at_fault(*file));
    if (!scenario) return tl::unexpected(scenario.error());
    conditions.scenario = std::move(*scenario);
  }
  if (auto const text = arguments.option("--seed")) {
    auto const seed =
        whole_number(*text, 0, std::numeric_limits<int>::max()).map_error(at_fault("rehearse: --seed"));
    if (!seed) return tl::unexpected(seed.error());
    conditions.seed = static_cast<std::uint64_t>(*seed);
  }
  return conditions;
}

/// Plays by the rules in force on a stage that `set` makes for them; with other rules besides, on another one
/// that they have been applied to.
template <class SetStage>
Outcome played(Rulebooks const& books, Conditions const& conditions, Instant from, PlanYear year,
               SetStage set) {
  auto const play_by = [&](InstalledRules const& installed, rehearsal::Stage& stage) {
    rehearsal::Terms const terms{installed.rules, conditions.scenario, conditions.seed, from,
                                 last_day_of(year)};
    rehearsal::Play const play = rehearsal::play(stage, terms);
    notifications::Ladder const plain = without_holidays(installed);
    return rehearsal::report_of(stage, play, terms, &plain);
  };
  rehearsal::Stage as_is = set();
  nlohmann::json report = play_by(books.in_force, as_is);
  report["year"] = year.value();
  if (!books.has_changes()) return report;
  rehearsal::Stage changed = set();
  auto const effects =
      change_rules_within(changed, books.change(), books.documents, Actor::engine(), {from, from})
          .map_error(at_fault("rehearse: --phrase"));
  if (!effects) return tl::unexpected(effects.error());
  report["changed"] = play_by(books.changed ? *books.changed : books.in_force, changed);
  report["changed"]["year"] = year.value();
  report["comparison"] = rehearsal::comparison_of(as_is, changed);
  return report;
}

Outcome rehearse_checklist(Arguments const& arguments, Conditions const& conditions) {
  auto in_force = installed_rules().map_error(at_fault("shipped rules"));
  if (!in_force) return tl::unexpected(in_force.error());
  auto const read = read_rulebooks(arguments, std::move(*in_force), "rehearse");
  if (!read) return tl::unexpected(read.error());
  Rulebooks const& books = *read;
  // A plan of any year is played from its first day on, whenever that is asked.
  auto const input = read_plan_input(
      {*arguments.option("--checklist"), arguments.option("--organisation").value_or("demonstration"),
       arguments.option("--year"), "rehearse"},
      books.in_force.rules, Instant::max());
  if (!input) return tl::unexpected(input.error());
  PlanYear const year = input->draft.plan.year;
  Instant const from = counts_from(year, Instant::max());
  return played(books, conditions, from, year, [&] {
    rehearsal::Stage stage(input->organisation);
    // A stage is empty: there is no plan of the year to stand in the way.
    (void)create_plan_within(stage, books.in_force.rules, input->draft, input->organisation,
                             workflows::shipped_lifecycles(), {from, from});
    return stage;
  });
}

Outcome rehearse_database(Arguments const& arguments, Conditions const& conditions, Instant now) {
  auto const path = database_path(*arguments.option("--db")).map_error(at_fault("rehearse: --db"));
  if (!path) return tl::unexpected(path.error());
  auto const reader = store::read_sqlite(*path).map_error(at_fault("rehearse: --db"));
  if (!reader) return tl::unexpected(reader.error());
  auto in_force = rules_in_force(**reader).map_error(at_fault("rules in force"));
  if (!in_force) return tl::unexpected(in_force.error());
  auto const books = read_rulebooks(arguments, std::move(*in_force), "rehearse");
  if (!books) return tl::unexpected(books.error());
  std::vector<Plan> const plans = (*reader)->plans();
  if (plans.empty()) return tl::unexpected(wrong("rehearse: --db", *path + " holds no plan"));
  PlanYear year = std::max_element(plans.begin(), plans.end(), [](Plan const& left, Plan const& right) {
                    return left.year < right.year;
                  })->year;
  if (auto const text = arguments.option("--year")) {
    auto const given = whole_number(*text, 1, 9999).map_error(at_fault("rehearse: --year"));
    if (!given) return tl::unexpected(given.error());
    year = PlanYear{*given};
    if (!(*reader)->plan(year))
      return tl::unexpected(wrong("rehearse: --year", *path + " holds no plan of " + *text));
  }
  Instant from = std::max(now, counts_from(year, Instant::max()));
  if (auto const text = arguments.option("--from")) {
    auto const date = parse_date(*text).map_error(at_fault("rehearse: --from"));
    if (!date) return tl::unexpected(date.error());
    from = start_of_day(*date);
  }
  if (from > end_of_day(last_day_of(year)))
    return tl::unexpected(wrong("rehearse: --from", "the year " + std::to_string(year.value()) +
                                                        " is over then; give a day in it, such as --from " +
                                                        std::to_string(year.value()) + "-07-01"));
  return played(*books, conditions, from, year, [&] { return rehearsal::Stage(**reader, year); });
}

}  // namespace

int rehearse_command(std::vector<std::string> const& words, Clock const& clock, std::ostream& out,
                     std::ostream& err) {
  auto const arguments =
      Arguments::read(words, {{"--help", "--json"},
                              {"--checklist", "--organisation", "--year", "--db", "--from", "--scenario",
                               "--seed", "--policy", "--calendar", "--phrase"},
                              0,
                              0,
                              ""});
  if (!arguments) return report(err, "rehearse", arguments.error());
  if (arguments->has("--help")) {
    out << help;
    return exit_done;
  }
  bool const of_checklist = arguments->option("--checklist").has_value();
  if (of_checklist == arguments->option("--db").has_value())
    return report(err, "rehearse",
                  wrong("", "give either --checklist FILE, such as 2024, or --db URL").refusal);
  for (char const* option : {"--organisation", "--from", "--phrase"})
    if (arguments->option(option) && of_checklist == (std::string_view(option) != "--organisation"))
      return report(err, std::string("rehearse: ") + option,
                    wrong("", of_checklist ? "goes with --db only" : "goes with --checklist only").refusal);
  auto const conditions = read_conditions(*arguments);
  if (!conditions) return report(err, conditions.error().where, conditions.error().refusal);
  Outcome const outcome = of_checklist ? rehearse_checklist(*arguments, *conditions)
                                       : rehearse_database(*arguments, *conditions, clock.now());
  if (!outcome) return report(err, outcome.error().where, outcome.error().refusal);
  if (arguments->has("--json"))
    out << outcome->dump() << "\n";
  else
    print_rehearsal(out, *outcome);
  return exit_done;
}

}  // namespace xiaohao::cli
