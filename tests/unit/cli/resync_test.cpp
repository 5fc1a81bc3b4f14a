// `xiaohao resync` on a real database: a township joins, another leaves.

#include "cli/resync.hpp"

#include <fstream>
#include <sstream>

#include "cli/init.hpp"
#include "cli/organisation.hpp"
#include "engine/engine.hpp"
#include "engine/hand_over.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/unit/store/small_store.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

using testing::HasSubstr;

struct Ran {
  int code;
  std::string out, err;
  nlohmann::json json() const { return nlohmann::json::parse(out); }
};

class Resync : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::string database = folder.file("county.db");
  VirtualClock clock{store::at("2024-01-02T09:00:00+08:00")};
  nlohmann::json organisation =
      nlohmann::json::parse(std::ifstream("workflows/organisation/demonstration.json"));

  void SetUp() override {
    auto checklist = nlohmann::json::parse(std::ifstream("workflows/checklists/2024.json"));
    nlohmann::json rows = nlohmann::json::array();
    for (std::size_t row : {0u, 1u}) rows.push_back(checklist["items"][row]);  // both name 各乡(镇、场)
    checklist["items"] = rows;
    std::ostringstream out, err;
    ASSERT_EQ(init_command({"--db", database, "--checklist", file("rows.json", checklist), "--organisation",
                            "demonstration"},
                           clock, out, err),
              0)
        << err.str();
    clock.advance_to(store::at("2024-02-05T09:00:00+08:00"));
  }
  std::string file(char const* name, nlohmann::json const& document) const {
    std::string const path = folder.file(name);
    std::ofstream(path) << document.dump();
    return path;
  }
  nlohmann::json& townships() { return organisation["groups"][0]["members"]; }
  void joins(std::string const& id) {
    organisation["units"].push_back({{"id", id}, {"name", "新设乡"}, {"kind", "township"}});
    townships().push_back(id);
  }
  void leaves(std::string const& id) {
    nlohmann::json kept = nlohmann::json::array();
    for (auto const& member : townships())
      if (member != id) kept.push_back(member);
    townships() = kept;
  }
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(),
                     {"--db", database, "--organisation", file("members.json", organisation), "--json"});
    std::ostringstream out, err;
    int const code = resync_command(arguments, clock, out, err);
    return {code, out.str(), err.str()};
  }
  std::vector<WorkItem> shares_of(std::string const& unit) const {
    store::ItemFilter filter;
    filter.kind = ItemKind::Assignment;
    filter.unit = UnitId{unit};
    return store::read_sqlite(database).value()->items(filter);
  }
  /// The unit's owner takes its first share on and reports on it.
  void begin(std::string const& unit) {
    ItemId const share = shares_of(unit).front().id();
    auto const store = store::open_sqlite(database).value();
    Engine engine(*store, clock, workflows::shipped_rules().value());
    nlohmann::json const begun{{"progress", 10}, {"text", "开工"}};
    for (std::string const event : {"accept", "report"})
      ASSERT_TRUE(engine.submit_and_wait({share, event, event == "report" ? begun : nlohmann::json::object(),
                                          Actor::person(Username{"owner-" + unit}),
                                          store->read()->item(share)->status.version, ""}))
          << event;
  }
  WorkItem task(WorkItem const& share) const {
    return store::read_sqlite(database).value()->item(*share.definition.parent).value();
  }
};

TEST_F(Resync, OfAnUnchangedListChangesNothing) {
  auto const answer = run({}).json();
  EXPECT_EQ(answer["new_shares"].size(), 0u);
  EXPECT_EQ(answer["departures"].size(), 0u);
}

TEST_F(Resync, SaysWhatItWouldDoAndDoesNothingWithoutCommit) {
  joins("xinshexiang");
  Ran const ran = run({});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.json()["new_shares"].size(), 2u) << "one for each row";
  EXPECT_EQ(ran.json()["committed"], false);
  EXPECT_TRUE(shares_of("xinshexiang").empty());
}

TEST_F(Resync, GivesANewMemberHisShareFromTheDayHeJoins) {
  joins("xinshexiang");
  int const before = task(shares_of("songshizhen").front()).status.shares;
  ASSERT_EQ(run({"--commit", "--as", "coordinator"}).code, 0);
  auto const shares = shares_of("xinshexiang");
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(to_string(*shares.front().definition.schedule.start), "2024-02-05") << "not when the plan began";
  EXPECT_THAT(shares.front().definition.doubts.back().zh, HasSubstr("2024-02-05"));
  EXPECT_EQ(task(shares.front()).status.shares, before + 1);
  EXPECT_EQ(run({}).json()["new_shares"].size(), 0u) << "a second time nothing is missing";
}

TEST_F(Resync, LeavesTheShareOfALeaverOpenUntilSomebodyDecides) {
  leaves("songshizhen");
  ASSERT_EQ(run({"--commit", "--as", "coordinator"}).code, 0);
  auto const shares = shares_of("songshizhen");
  ASSERT_EQ(shares.size(), 2u);
  for (WorkItem const& share : shares) EXPECT_TRUE(share.status.open());
  auto const again = run({}).json();
  ASSERT_EQ(again["departures"].size(), 2u) << "listed each time";
  EXPECT_EQ(again["departures"][0]["decided"], false);
}

TEST_F(Resync, CancelsALeaversShareByALeadersDecision) {
  leaves("songshizhen");
  Ran const ran =
      run({"--decide", "songshizhen=cancel", "--reason", "撤销建制", "--commit", "--as", "leader"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  for (WorkItem const& share : shares_of("songshizhen")) EXPECT_TRUE(share.status.cancelled);
  EXPECT_EQ(run({}).json()["departures"].size(), 0u);
}

TEST_F(Resync, HandsALeaversShareToItsSuccessor) {
  begin("songshizhen");
  leaves("songshizhen");
  joins("xinshexiang");
  leaves("xinshexiang");  // known, but a member of no group: only the decision gives it the work
  Ran const ran =
      run({"--decide", "songshizhen=xinshexiang", "--reason", "并入新设乡", "--commit", "--as", "leader"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  auto const taken_over = shares_of("xinshexiang");
  ASSERT_EQ(taken_over.size(), 2u);
  EXPECT_THAT(taken_over.front().status.contributors, testing::ElementsAre(Username{"owner-songshizhen"}))
      << "he verifies nothing of what he began";
  for (WorkItem const& share : shares_of("songshizhen")) EXPECT_TRUE(share.status.cancelled);
  auto const history = store::read_sqlite(database).value()->history(shares_of("songshizhen").front().id());
  EXPECT_EQ(entry_of(history.back())->payload.value("goes_on_as", 0), taken_over.front().id().value());
  EXPECT_THAT(entry_of(history[history.size() - 2])->payload.value("reason", ""), HasSubstr("移交 新设乡"));
  EXPECT_EQ(run({}).json()["departures"].size(), 0u) << "nobody need decide again";
}

TEST_F(Resync, AsksNobodyAgainAboutAShareThatWasHandedOver) {
  joins("xinshexiang");
  leaves("xinshexiang");
  ASSERT_EQ(run({"--commit", "--as", "coordinator"}).code, 0);
  {
    auto const rules = workflows::shipped_rules().value();
    auto const store = store::open_sqlite(database).value();
    Organisation const known = store->read()->organisation();
    Result<void> const handed = store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      return hand_over_unit(transaction, UnitId{"songshizhen"}, UnitId{"xinshexiang"}, "并入新设乡",
                            {Username{"leader"}, clock.now(), rules, known})
          .map([](HandedOver const& moved) { EXPECT_EQ(moved.made.size(), 2u); });
    });
    ASSERT_TRUE(handed) << handed.error().first().detail.en;
  }
  ASSERT_EQ(shares_of("xinshexiang").size(), 2u);
  EXPECT_EQ(run({}).json()["departures"].size(), 0u);
}

TEST_F(Resync, KnowsAUnitByTheNameThatThePlanUsesAfterItWasRenamed) {
  auto const organised = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", database, "--by", "admin"});
    std::ostringstream out, err;
    EXPECT_EQ(organisation_command(words, clock, out, err), 0) << err.str();
  };
  std::size_t const shares = shares_of("fupinban").size();
  ASSERT_GT(shares, 0u) << "a row names 县扶贫办";
  for (char const* name : {"县乡村振兴局", "县巩固办"}) {
    organised({"change-unit", "fupinban", "--name", name});
    for (auto& unit : organisation["units"])
      if (unit["id"] == "fupinban") unit["name"] = name;
    auto const answer = run({}).json();
    EXPECT_EQ(answer["departures"].size(), 0u) << name;
    EXPECT_EQ(answer["new_shares"].size(), 0u) << name;
  }
}

TEST_F(Resync, RefusesACoordinatorWhoWouldEndShares) {
  leaves("songshizhen");
  joins("xinshexiang");
  Ran const ran =
      run({"--decide", "songshizhen=cancel", "--reason", "撤销", "--commit", "--as", "coordinator"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(shares_of("xinshexiang").empty()) << "all or nothing";
  for (WorkItem const& share : shares_of("songshizhen")) EXPECT_TRUE(share.status.open());
}

TEST_F(Resync, RefusesWhatDoesNotFitInOneLine) {
  std::vector<std::vector<std::string>> const wrong{{"--commit"},
                                                    {"--decide", "songshizhen=cancel"},
                                                    {"--decide", "songshizhen=cancel", "--reason", "x"},
                                                    {"--decide", "songshizhen", "--reason", "x"},
                                                    {"--as", "nobody"},
                                                    {"--as", "owner-songshizhen"}};
  for (auto const& arguments : wrong) {
    Ran const ran = run(arguments);
    EXPECT_EQ(ran.code, 2) << arguments.front();
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("; "));
  }
}

}  // namespace
}  // namespace xiaohao::cli
