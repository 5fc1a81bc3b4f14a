// `xiaohao migrate-lifecycle` on a real database: the verification on paper becomes one on the spot.

#include "cli/migrate_lifecycle.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/init.hpp"
#include "cli/kept_rules.hpp"
#include "cli/resync.hpp"
#include "cli/verify.hpp"
#include "engine/engine.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

struct Ran {
  int code;
  std::string out, err;
  json answer() const { return json::parse(out); }
};

json shipped_file(char const* path) { return json::parse(std::ifstream(std::string("workflows/") + path)); }

/// A file of evidence: what it holds, and its SHA-256.
constexpr char const* photo = "hello";
constexpr char const* photo_sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

/// The shipped assignment, in which `site_visit` takes the place of `verification`.
json on_the_spot() {
  json lifecycle = shipped_file("lifecycles/assignment.json");
  lifecycle["version"] = "3";
  json& states = lifecycle["states"]["closeout"]["states"];
  states["site_visit"] = states["verification"];
  states.erase("verification");
  states["first_review"]["on"]["closeout.approve"]["target"] = "site_visit";
  states["publicity"]["on"]["closeout.object"]["target"] = "site_visit";
  return lifecycle;
}

class MigrateLifecycle : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::string database = folder.file("county.db");
  VirtualClock clock{store::at("2024-01-02T09:00:00+08:00")};
  json lifecycle = on_the_spot();
  json mapping{{"$schema", "xiaohao-migration/1"},
               {"from", "assignment/2"},
               {"to", "assignment/3"},
               {"states", {{"assignment.closeout.verification", "assignment.closeout.site_visit"}}}};

  void SetUp() override {
    json checklist = shipped_file("checklists/2024.json");
    checklist["items"] = json::array({checklist["items"][0]});
    std::ostringstream out, err;
    ASSERT_EQ(init_command({"--db", database, "--checklist", file("rows.json", checklist), "--organisation",
                            "demonstration"},
                           clock, out, err),
              0)
        << err.str();
    std::filesystem::create_directories(database + ".evidence/2c");
    std::ofstream(database + ".evidence/2c/" + photo_sha256) << photo;
    clock.advance_to(store::at("2024-02-05T09:00:00+08:00"));
    with_server([&](Engine& engine) {
      bring_to_verification(engine, shares_in("issued").at(0));
      bring_to_verification(engine, shares_in("issued").at(0));
    });
    clock.advance_to(store::at("2024-02-06T09:00:00+08:00"));
  }
  std::string file(char const* name, json const& document) const {
    std::string const path = folder.file(name);
    std::ofstream(path) << document.dump();
    return path;
  }
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", database, "--lifecycle", file("lifecycle.json", lifecycle),
                                       "--mapping", file("mapping.json", mapping), "--json"});
    std::ostringstream out, err;
    int const code = migrate_lifecycle_command(arguments, clock, out, err);
    return {code, out.str(), err.str()};
  }
  Ran commit(char const* who = "leader") const { return run({"--commit", "--as", who}); }
  Ran verify() const {
    std::ostringstream out, err;
    int const code = verify_command({"--db", database, "--json"}, out, err);
    return {code, out.str(), err.str()};
  }

  /// What a server does with the database: its rules are those that the database keeps.
  template <class Do>
  void with_server(Do const& act) {
    auto const store = store::open_sqlite(database).value();
    Engine engine(*store, clock, rules_in_force(*store->read()).value().rules);
    act(engine);
  }
  std::vector<WorkItem> shares() const {
    store::ItemFilter filter;
    filter.kind = ItemKind::Assignment;
    return store::read_sqlite(database).value()->items(filter);
  }
  std::vector<WorkItem> shares_in(std::string const& stage) const {
    std::vector<WorkItem> found = shares();
    std::erase_if(found, [&](WorkItem const& share) { return share.status.stage != stage; });
    return found;
  }
  WorkItem send(Engine& engine, char const* who, WorkItem const& item, char const* event,
                json payload = json::object()) const {
    auto sent = engine.submit_and_wait(
        {item.id(), event, std::move(payload), Actor::person(Username{who}), item.status.version, ""});
    EXPECT_TRUE(sent) << event << ": " << sent.error().first().detail.en;
    return sent.value_or(item);
  }
  void bring_to_verification(Engine& engine, WorkItem share) const {
    std::string const owner = "owner-" + share.definition.unit->value();
    share = send(engine, owner.c_str(), share, "accept");
    share = send(engine, owner.c_str(), share, "evidence.attach",
                 {{"sha256", photo_sha256},
                  {"name", "验收单.pdf"},
                  {"size", std::strlen(photo)},
                  {"media_type", "application/pdf"}});
    share = send(engine, owner.c_str(), share, "closeout.apply", {{"summary", "完成"}});
    std::string reviewer = "coordinator";
    if (share.definition.role == UnitRole::Support)
      for (WorkItem const& sibling : shares())
        if (sibling.definition.role == UnitRole::Lead) reviewer = "owner-" + sibling.definition.unit->value();
    send(engine, reviewer.c_str(), share, "closeout.approve");
  }
};

TEST_F(MigrateLifecycle, SaysWhatWouldMoveAndWhatCannotAndMovesNothing) {
  mapping["states"] = json::object();
  Ran const ran = run({});
  EXPECT_EQ(ran.code, 1) << ran.err;
  json const answer = ran.answer();
  EXPECT_EQ(answer["committed"], false);
  ASSERT_THAT(answer["refused"], SizeIs(2)) << "nobody said where those go that are verified";
  EXPECT_THAT(answer["refused"][0]["en"],
              testing::StartsWith("assignment/3 has no state assignment.closeout.verification"));
  EXPECT_EQ(answer["moves"].size(), shares().size() - 2);
  EXPECT_EQ(answer["moves"][0]["from"]["closeout"], "issued");
  EXPECT_EQ(answer["moves"][0]["to"]["closeout"], "issued");
  EXPECT_EQ(commit().code, 1) << "none moves until all can";
  for (WorkItem const& share : shares()) EXPECT_EQ(share.status.lifecycle, "assignment/2");
}

TEST_F(MigrateLifecycle, MovesThemAllInOneTransactionWhenTheLeadershipGroupSaysSo) {
  EXPECT_EQ(run({}).code, 0);
  std::int64_t const before = store::read_sqlite(database).value()->journal_head().size;
  Ran const ran = commit();
  ASSERT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.answer()["committed"], true);
  EXPECT_THAT(shares_in("site_visit"), SizeIs(2));
  for (WorkItem const& share : shares()) EXPECT_EQ(share.status.lifecycle, "assignment/3");
  auto const reader = store::read_sqlite(database).value();
  EXPECT_EQ(reader->journal_head().size - before, static_cast<std::int64_t>(shares().size()) + 1);
  auto const history = reader->history(shares_in("site_visit").front().id());
  EXPECT_THAT(history.back().leaf, AllOf(HasSubstr("lifecycle.migrated"), HasSubstr("leader")));
}

TEST_F(MigrateLifecycle, IsWhatTheServerRunsItemsByFromThenOn) {
  ASSERT_EQ(commit().code, 0);
  WorkItem const moved = shares_in("site_visit").front();
  with_server([&](Engine& engine) {
    EXPECT_EQ(send(engine, "inspector", moved, "closeout.verify").status.stage, "publicity");
  });
  EXPECT_THAT(verify().answer()["findings"], SizeIs(0));
  json const notes = verify().answer()["notes"];
  for (json const& note : notes)
    EXPECT_THAT(note["en"], Not(HasSubstr("no decision that its lifecycle allows")));
}

TEST_F(MigrateLifecycle, GivesNewSharesTheNewVersion) {
  ASSERT_EQ(commit().code, 0);
  json organisation = shipped_file("organisation/demonstration.json");
  organisation["units"].push_back({{"id", "xinshexiang"}, {"name", "新设乡"}, {"kind", "township"}});
  organisation["groups"][0]["members"].push_back("xinshexiang");
  std::ostringstream out, err;
  ASSERT_EQ(resync_command({"--db", database, "--organisation", file("members.json", organisation),
                            "--commit", "--as", "coordinator"},
                           clock, out, err),
            0)
      << err.str();
  int joined = 0;
  for (WorkItem const& share : shares()) {
    EXPECT_EQ(share.status.lifecycle, "assignment/3");
    joined += share.definition.unit == UnitId{"xinshexiang"};
  }
  EXPECT_EQ(joined, 1);
  EXPECT_EQ(verify().code, 0) << verify().out;
}

TEST_F(MigrateLifecycle, IsNotForACoordinatorToDecide) {
  Ran const ran = commit("coordinator");
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("the leadership group may"));
  EXPECT_THAT(shares_in("verification"), SizeIs(2)) << "all or nothing";
}

TEST_F(MigrateLifecycle, KeepsWhatHasEndedUnderTheVersionItEndedUnder) {
  WorkItem const ended = shares_in("issued").front();
  with_server([&](Engine& engine) { send(engine, "leader", ended, "cancel", {{"reason", "撤销"}}); });
  ASSERT_EQ(commit().code, 0);
  for (WorkItem const& share : shares())
    EXPECT_EQ(share.status.lifecycle, share.id() == ended.id() ? "assignment/2" : "assignment/3");
  EXPECT_EQ(verify().code, 0) << verify().out;
}

TEST_F(MigrateLifecycle, RefusesAMappingThatDoesNotFitWithItsPointer) {
  struct Wrong {
    json states;
    char const* expected;
  };
  std::string const verification = "assignment.closeout.verification";
  std::vector<Wrong> const wrong{
      {{{verification, "assignment.closeout.closed"}}, "no mapping closes an item"},
      {{{verification, "assignment.closeout.nowhere"}}, "is not a state of assignment/3"},
      {{{"assignment.closeout.dreaming", "assignment.closeout.site_visit"}},
       "is not a state of assignment/2"},
      {{{verification, 7}}, "must be the id of a state"}};
  for (Wrong const& each : wrong) {
    mapping["states"] = each.states;
    Ran const ran = run({});
    EXPECT_EQ(ran.code, 2) << ran.out;
    EXPECT_THAT(ran.err, AllOf(HasSubstr("/states/"), HasSubstr(each.expected)));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  }
}

TEST_F(MigrateLifecycle, BringsNobodyPastConditionsHeHasNotMet) {
  mapping["states"]["assignment.closeout.issued"] = "assignment.closeout.publicity";
  json const answer = run({}).answer();
  EXPECT_EQ(answer["refused"].size(), shares().size() - 2);
  EXPECT_THAT(answer["refused"][0]["en"], HasSubstr("nobody has applied for its close-out"));
}

TEST_F(MigrateLifecycle, RefusesAnUnsoundLifecycleAndAnotherOfTheSameVersion) {
  lifecycle["states"]["closeout"]["states"]["site_visit"]["on"]["closeout.verify"].erase("guard");
  EXPECT_EQ(run({}).code, 2);
  lifecycle = on_the_spot();
  ASSERT_EQ(commit().code, 0);
  lifecycle["description"] = "another";
  Ran const again = commit();
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("raise the lifecycle's version"));
}

TEST_F(MigrateLifecycle, TakesNothingStoredThatIsNotTheLifecycleItIsKeptAs) {
  auto const kept_as_assignment = [&](std::string const& document) {
    auto const store = store::open_sqlite(database).value();
    EXPECT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      transaction.put_definition("assignment/2", document);
      return {};
    }));
    auto const rules = rules_in_force(*store->read());
    return rules ? "taken" : rules.error().first().detail.en;
  };
  EXPECT_EQ(kept_as_assignment("{}"), "what is stored as the lifecycle assignment/2 is (machine)/");
  EXPECT_THAT(kept_as_assignment(on_the_spot().dump()), HasSubstr("is assignment/3"));
}

}  // namespace
}  // namespace xiaohao::cli
