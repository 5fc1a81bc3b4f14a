// A rehearsed year of some rows of the 2024 checklist, with delays, returns and lateness: each entry that it
// writes is decided once more from nothing but those before it.

#include <gmock/gmock.h>

#include "cli/changed_rules.hpp"
#include "cli/plan_input.hpp"
#include "cli/rules.hpp"
#include "engine/creation_within.hpp"
#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"
#include "engine/rehearsal/play.hpp"
#include "engine/replay/replay.hpp"
#include "tests/unit/rehearsal/some_rows.hpp"
#include "workflows/rules.hpp"

namespace xiaohao {
namespace {

rehearsal::Scenario a_hard_year() {
  rehearsal::Scenario scenario;
  scenario.conduct.late_percent = 30;
  scenario.conduct.returned_percent = 25;
  scenario.conduct.never_applies_percent = 5;
  return scenario;
}

std::string told(std::vector<replay::Difference> const& differences) {
  std::string text;
  for (replay::Difference const& difference : differences)
    text += std::to_string(difference.index) + " " + difference.detail.en + "\n";
  return text;
}

TEST(YearReplay, ComesToTheSameStatesByTheLifecyclesItRanUnder) {
  auto const installed = cli::installed_rules().value();
  auto const input =
      cli::read_plan_input({some_rows(), "demonstration", "2024", "test"}, installed.rules, Instant::max());
  ASSERT_TRUE(input) << input.error().refusal.first().detail.en;
  Instant const from = cli::counts_from(input->draft.plan.year, Instant::max());
  rehearsal::Stage stage(input->organisation);
  replay::Replay replay(installed.rules, input->organisation, replay::Against::Everything);
  std::map<std::string, int> entries;
  stage.listen([&](JournalEntry const& entry) {
    ++entries[entry.type];
    replay.take(entry);
  });
  ASSERT_TRUE(create_plan_within(stage, installed.rules, input->draft, input->organisation,
                                 workflows::shipped_lifecycles(), {from, from}));
  rehearsal::play(stage, {installed.rules, a_hard_year(), 20241125, from,
                          Date{std::chrono::year{2025} / std::chrono::January / 31}});

  EXPECT_EQ(told(replay.differences()), "");
  ASSERT_EQ(replay.items().size(), stage.all_items().size());
  for (WorkItem const& item : stage.all_items())
    EXPECT_EQ(status_to_json(replay.items().at(item.id()).item.status), status_to_json(item.status))
        << item.definition.title;
  // It was a year in which something happened.
  for (char const* type : {"accept", "report", "evidence.attach", "closeout.apply", "closeout.return",
                           "closeout.verify", "share.changed", "complete", "confirm", "return"})
    EXPECT_GT(entries[type], 0) << type;
}

}  // namespace
}  // namespace xiaohao
