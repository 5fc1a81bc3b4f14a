// `xiaohao change` on a real database: a holiday is announced late, a policy and a phrase change.

#include "cli/change.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include "cli/init.hpp"
#include "cli/kept_rules.hpp"
#include "engine/audit/audit.hpp"
#include "engine/decision/coming_steps.hpp"
#include "engine/engine.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Ran {
  int code;
  std::string out, err;
  nlohmann::json json() const { return nlohmann::json::parse(out); }
};

nlohmann::json shipped_file(char const* path) {
  return nlohmann::json::parse(std::ifstream(std::string("workflows/") + path));
}

/// 走访慰问 within 15 working days of New Year, so by 22 January 2024, in a small organisation.
class Change : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::string database = folder.file("county.db");
  VirtualClock clock{store::at("2024-01-02T09:00:00+08:00")};

  void SetUp() override {
    auto checklist = shipped_file("checklists/2024.json");
    nlohmann::json row = checklist["items"][0];
    row["deadline"] = "15个工作日内";
    row["milestones"] = nlohmann::json::array();
    checklist["items"] = nlohmann::json::array({row});
    std::ostringstream out, err;
    ASSERT_EQ(init_command({"--db", database, "--checklist", file("rows.json", checklist), "--organisation",
                            "demonstration"},
                           clock, out, err),
              0)
        << err.str();
    clock.advance_to(store::at("2024-01-08T09:00:00+08:00"));
  }
  std::string file(char const* name, nlohmann::json const& document) const {
    std::string const path = folder.file(name);
    std::ofstream(path) << document.dump();
    return path;
  }
  /// The shipped calendar with one more day off, Monday 15 January.
  std::string calendar() const {
    auto document = shipped_file("calendars/cn-2024-2026.json");
    document["years"][0]["holidays"].push_back({{"name", "县庆"}, {"date", "2024-01-15"}});
    return file("calendar.json", document);
  }
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", database, "--json"});
    std::ostringstream out, err;
    int const code = change_command(arguments, clock, out, err);
    return {code, out.str(), err.str()};
  }
  std::shared_ptr<store::Reader const> reader() const { return store::read_sqlite(database).value(); }
  std::vector<WorkItem> items(ItemKind kind) const {
    store::ItemFilter filter;
    filter.kind = kind;
    return reader()->items(filter);
  }
  InstalledRules rules() const { return rules_in_force(*reader()).value(); }

  /// Item and instant of every step that is to come by the rules in force.
  std::set<std::pair<std::int64_t, std::string>> to_come(InstalledRules const& by) const {
    std::set<std::pair<std::int64_t, std::string>> steps;
    Organisation const organisation = reader()->organisation();
    std::vector<UnitId> const leads;
    decision::Surroundings const around{organisation, leads, clock.now(),
                                        [] { return std::vector<Notice>{}; }};
    for (WorkItem const& item : reader()->items({}))
      if (item.definition.unit)
        for (auto const& step : decision::coming_steps(*by.ladder, item, clock.now(), around, 100))
          steps.emplace(item.id().value(), to_string(step.at));
    return steps;
  }
  void expect_to_verify() const {
    auto const report = audit::audit(database, {database + ".evidence", rules().rules, {}});
    ASSERT_TRUE(report);
    for (auto const& finding : report->findings) ADD_FAILURE() << finding.where << ": " << finding.what.en;
  }
};

TEST_F(Change, OfTheCalendarShowsDatesAndStepsBeforeAndAfterAndChangesNothing) {
  auto const before = reader()->journal_head();
  Ran const ran = run({"--calendar", calendar()});
  ASSERT_EQ(ran.code, 0) << ran.err;
  auto const answer = ran.json();
  EXPECT_EQ(answer["committed"], false);
  EXPECT_EQ(answer["dues"].size(), 1 + items(ItemKind::Assignment).size()) << "the task's and its shares'";
  for (auto const& due : answer["dues"]) {
    EXPECT_EQ(due["before"], "2024-01-22");
    EXPECT_EQ(due["after"], "2024-01-23");
    EXPECT_THAT(due["reason"]["en"].get<std::string>(), HasSubstr("working days"));
  }
  EXPECT_THAT(answer["steps"], Not(IsEmpty()));
  EXPECT_EQ(reader()->journal_head(), before);
}

TEST_F(Change, IsCarriedOutInOneTransactionAsALeaderDecidesAndTellsNobody) {
  auto const journal = reader()->journal_head().size;
  Ran const shown = run({"--calendar", calendar()});
  Ran const done = run({"--calendar", calendar(), "--commit", "--as", "leader"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.json()["dues"], shown.json()["dues"]);
  EXPECT_EQ(done.json()["steps"], shown.json()["steps"]);
  for (WorkItem const& share : items(ItemKind::Assignment)) {
    EXPECT_EQ(to_string(*share.status.due), "2024-01-23");
    EXPECT_EQ(to_string(*share.definition.schedule.due), "2024-01-22") << "as first promised";
    EXPECT_EQ(share.status.extensions, 0) << "not an extension";
  }
  EXPECT_THAT(reader()->notices({}), IsEmpty());
  auto const lines = reader()->entries_of_type("rules.changed");
  ASSERT_EQ(lines.size(), 1u);
  auto const entry = nlohmann::json::parse(lines.front().leaf);
  EXPECT_EQ(entry["actor"], "leader");
  EXPECT_TRUE(entry["payload"]["documents"].contains("rules/calendar"));
  EXPECT_GE(lines.front().index, journal);
  EXPECT_FALSE(rules().rules.calendar.is_working_day(parse_date("2024-01-15").value()))
      << "what a server started now runs by";
  EXPECT_THAT(run({"--calendar", calendar()}).json()["dues"], IsEmpty()) << "a second time nothing is left";
  expect_to_verify();
}

TEST_F(Change, LeadsToNoNoticeThatWasNotShown) {
  auto expected = to_come(rules());
  auto const shown = run({"--calendar", calendar(), "--commit", "--as", "leader"}).json();
  for (auto const& step : shown["steps"]) {
    if (!step["before"].is_null()) expected.erase({step["item"], step["before"]});
    if (!step["after"].is_null()) expected.emplace(step["item"], step["after"]);
  }
  EXPECT_EQ(to_come(rules()), expected);
  clock.advance_to(store::at("2024-03-01T09:00:00+08:00"));
  auto const store = store::open_sqlite(database).value();
  Engine engine(*store, clock, rules().rules);
  ASSERT_TRUE(engine.advance(clock.now()));
  store::NoticeFilter all;
  all.limit = 100'000;
  int told = 0;
  for (Notice const& notice : store->read()->notices(all)) {
    if (notice.key.find("/event/") != std::string::npos) continue;
    ++told;
    EXPECT_TRUE(expected.contains({notice.item.value(), to_string(notice.decided_at)})) << notice.key;
  }
  EXPECT_GT(told, 0);
}

TEST_F(Change, IsForTheLeadershipGroup) {
  for (char const* other : {"coordinator", "inspector", "nobody"}) {
    Ran const ran = run({"--calendar", calendar(), "--commit", "--as", other});
    EXPECT_EQ(ran.code, 2) << other;
    EXPECT_THAT(ran.err, HasSubstr("leadership group may"));
  }
  EXPECT_THAT(reader()->entries_of_type("rules.changed"), IsEmpty());
  EXPECT_EQ(to_string(*items(ItemKind::Assignment).front().status.due), "2024-01-22");
}

TEST_F(Change, OfAPolicyShowsTheLightsThatTurnAndIsKeptBySection) {
  nlohmann::json policy = shipped_file("policies/default.json");
  policy.erase("settings");
  policy["lights"]["due_soon_days"] = 30;
  policy["lights"]["unsigned_working_days"] = 200;
  policy["lights"]["gap_basis_points"] = 10000;
  std::string const path = file("policy.json", policy);
  auto const lights = run({"--policy", path}).json()["lights"];
  for (auto const& light : lights) EXPECT_NE(light["before"], light["after"]);
  ASSERT_EQ(run({"--policy", path, "--commit", "--as", "leader"}).code, 0);
  EXPECT_EQ(rules().rules.lights.due_soon_days, 30);
  EXPECT_EQ(rules().rules.settings.publicity_days, 7) << "the other sections stay";
  expect_to_verify();
}

TEST_F(Change, OfATasksPhraseMovesItsSharesAndSaysWhy) {
  std::string const task = std::to_string(items(ItemKind::Task).front().id().value());
  Ran const ran = run({"--phrase", task + "=2月底", "--commit", "--as", "leader"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json()["dues"][0]["phrase"], "2月底");
  for (WorkItem const& share : items(ItemKind::Assignment)) {
    EXPECT_EQ(to_string(*share.status.due), "2024-02-29");
    auto const last = nlohmann::json::parse(reader()->history(share.id()).back().leaf);
    EXPECT_EQ(last["type"], "due.changed");
    EXPECT_EQ(last["payload"]["phrase"], "2月底");
    EXPECT_EQ(last["payload"]["before"], "2024-01-22");
  }
  EXPECT_THAT(run({"--calendar", calendar()}).json()["dues"], IsEmpty()) << "2月底 is no count of days";
  expect_to_verify();
}

TEST_F(Change, OfAPhraseThatWillNotDoIsRefusedWithTheReason) {
  std::string const task = std::to_string(items(ItemKind::Task).front().id().value());
  for (auto const& [phrase, why] : {std::pair{task + "=2月30日", "29"},
                                    {task + "=每月25日前", "no single day"},
                                    {task + "=长期坚持", "no single day"},
                                    {std::string("999999=2月底"), "no item"},
                                    {std::string("2月底"), "ITEM=PHRASE"}}) {
    Ran const ran = run({"--phrase", phrase});
    EXPECT_EQ(ran.code, 2) << phrase;
    EXPECT_THAT(ran.err, HasSubstr(why)) << phrase;
  }
}

TEST_F(Change, NeedsSomethingToChangeAndSomebodyWhoDecides) {
  EXPECT_THAT(run({}).err, HasSubstr("nothing is to change"));
  EXPECT_THAT(run({"--calendar", calendar(), "--commit"}).err, HasSubstr("--as is missing"));
  EXPECT_THAT(run({"--calendar", calendar(), "--at", "2025-01-01T00:00:00+08:00"}).err, HasSubstr("future"));
}

TEST_F(Change, CountsFromNoDayBeforeWhatHasHappened) {
  ASSERT_EQ(run({"--calendar", calendar(), "--commit", "--as", "leader"}).code, 0);
  Ran const ran =
      run({"--calendar", calendar(), "--commit", "--as", "leader", "--at", "2024-01-05T00:00:00+08:00"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--at 2024-01-08"));
}

}  // namespace
}  // namespace xiaohao::cli
