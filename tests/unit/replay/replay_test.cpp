#include "engine/json/reader.hpp"
#include "engine/lifecycle_migration.hpp"
#include "engine/replay/tables.hpp"
#include "engine/rule_change.hpp"
#include "tests/unit/engine/county.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::replay {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string told(std::vector<Difference> const& differences) {
  std::string text;
  for (Difference const& difference : differences)
    text += std::to_string(difference.index) + " " + difference.detail.en + "\n";
  return text;
}

class ReplayedCounty : public County {
 protected:
  Replay played(Against against) { return play(*store->read(), people.rules, people.organisation, against); }
  void keep_people() {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
      for (auto const& [name, person] : people.organisation.participants) t.put_participant(person);
      return {};
    }));
  }
  void expect_the_same(Against against) {
    Replay const replay = played(against);
    EXPECT_EQ(told(replay.differences()), "");
    EXPECT_EQ(told(differences_from_tables(replay, *store->read())), "");
  }
};

TEST_F(ReplayedCounty, ReachesTheSameStatesOverACloseOutAReturnAnExtensionAndAReopening) {
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "extension.request", {{"due", "2024-11-15"}, {"reason", "雨季停工"}});
  must("coordinator", lead, "extension.grant");
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}});
  must("coordinator", lead, "closeout.return", {{"reason", "缺照片"}});
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "补齐"}});
  close_out("owner-songshizhen", "owner-zhujianju", support);
  must("inspector", support, "reinspect.reopen", {{"reason", "返工"}});
  expect_the_same(Against::Everything);
  expect_the_same(Against::Lifecycle);
}

TEST_F(ReplayedCounty, KnowsADueDateThatOtherRulesMoved) {
  keep_people();
  must("owner-zhujianju", lead, "accept");
  auto const changed = change_rules(*store, {people.rules, people.rules, {{lead, "11月底"}}}, {},
                                    Actor::person(Username{"leader"}), {clock.now(), clock.now()});
  ASSERT_TRUE(changed) << changed.error().first().detail.en;
  open();
  must("owner-zhujianju", lead, "report", {{"progress", 40}});
  EXPECT_EQ(to_string(*item(lead).status.due), "2024-11-30");
  expect_the_same(Against::Everything);
}

TEST_F(ReplayedCounty, NamesADecisionThatIsTakenOtherwiseNow) {
  close_out("owner-songshizhen", "owner-zhujianju", support);
  people.rules.settings.publicity_days = 9;
  EXPECT_THAT(told(played(Against::Everything).differences()), HasSubstr("the delay ends at 2024-10-17"));
  people.organisation.participants.at(Username{"inspector"}).unit = UnitId{"songshizhen"};
  EXPECT_THAT(told(played(Against::Everything).differences()), HasSubstr("it would be refused now"));
  EXPECT_THAT(played(Against::Lifecycle).differences(), IsEmpty()) << "people and numbers may change";
}

TEST_F(ReplayedCounty, NamesAnEntryThatItsLifecycleDoesNotAllow) {
  close_out("owner-songshizhen", "owner-zhujianju", support);
  Replay replay(people.rules, people.organisation, Against::Lifecycle);
  for (store::JournalLine const& line : store->read()->journal(0, store->read()->journal_head().size)) {
    JournalEntry entry = entry_of(line).value();
    if (entry.type == "closeout.verify") entry.actor = Actor::person(Username{"owner-songshizhen"});
    replay.take(entry);
  }
  EXPECT_THAT(told(replay.differences()), HasSubstr("somebody else must review it"));
}

/// The shipped assignment with a visit to the site before its verification.
std::string second_version() {
  auto document = nlohmann::ordered_json::parse(*workflows::shipped("lifecycles/assignment.json"));
  document["version"] = "3";
  auto& states = document["states"]["closeout"]["states"];
  states["site_visit"] = states["verification"];
  states["first_review"]["on"]["closeout.approve"]["target"] = "site_visit";
  states["site_visit"]["on"]["closeout.verify"]["target"] = "verification";
  return document.dump();
}

class MovedCounty : public ReplayedCounty {
 protected:
  std::string const document = second_version();

  void SetUp() override {
    County::SetUp();
    people.rules.lifecycles.emplace(
        "assignment/3",
        json::read_ordered(document, statechart::machine_limits).and_then(statechart::load).value());
  }
  Result<int> migrate(char const* who, std::map<std::string, std::optional<std::string>> states) {
    auto const prepared =
        migration::Migration::prepare(people.rules, {"assignment/2", "assignment/3", states});
    if (!prepared) return tl::unexpected(prepared.error());
    return migrate_items(*store, people.rules, *prepared, document, Username{who},
                         {clock.now(), clock.now()});
  }
};

TEST_F(MovedCounty, GoesOnInTheNewVersionAndItsHistoryReplaysOverTheMove) {
  keep_people();
  close_out("owner-songshizhen", "owner-zhujianju", support);
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}});
  must("coordinator", lead, "closeout.approve");
  auto const moved =
      migrate("leader", {{"assignment.closeout.verification", "assignment.closeout.site_visit"}});
  ASSERT_TRUE(moved) << moved.error().first().detail.en;
  EXPECT_EQ(*moved, 1) << "a closed share keeps its version";
  EXPECT_EQ(item(support).status.lifecycle, "assignment/2");
  EXPECT_EQ(item(lead).status.stage, "site_visit");
  open();
  must("inspector", lead, "closeout.verify");
  EXPECT_EQ(item(lead).status.stage, "verification");
  expect_the_same(Against::Everything);
  expect_the_same(Against::Lifecycle);
}

TEST_F(MovedCounty, IsNotClosedByAMappingNorBroughtPastWhatClosingDemands) {
  must("owner-zhujianju", lead, "accept");
  auto const closed = migrate("leader", {{"assignment.closeout.in_progress", "assignment.closeout.closed"}});
  ASSERT_FALSE(closed);
  EXPECT_THAT(closed.error().first().detail.en, HasSubstr("no mapping closes an item"));
  auto const past = migrate("leader", {{"assignment.closeout.in_progress", "assignment.closeout.publicity"}});
  ASSERT_FALSE(past);
  EXPECT_THAT(past.error().first().detail.en, HasSubstr("lies"));
  EXPECT_EQ(item(lead).status.stage, "in_progress");
}

TEST_F(MovedCounty, IsForTheLeadershipGroupToDecide) {
  auto const moved = migrate("coordinator", {});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().reason, Reason::Forbidden);
  EXPECT_EQ(item(lead).status.lifecycle, "assignment/2");
}

}  // namespace
}  // namespace xiaohao::replay
