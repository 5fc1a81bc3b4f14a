// Calendars of a whole unit: who may have the address of one, and for how long it is his.

#include "engine/unit_calendar.hpp"

#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

class UnitCalendars : public County {
 protected:
  UnitId bureau{"zhujianju"}, township{"songshizhen"};

  void SetUp() override {
    people.organisation.participants.emplace(
        Username{"head-zhujianju"},
        Participant{Username{"head-zhujianju"}, "负责人", bureau, {Role::Head}, "", true});
    County::SetUp();
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      for (auto const& [username, person] : people.organisation.participants)
        transaction.put_account({username, "$argon2id$", false, clock.now()});
      return {};
    }));
  }
  Asking asking(char const* who, Organisation const& organisation) {
    return {Username{who}, engine->now(), people.rules, organisation};
  }
  Result<void> make(char const* who, UnitId const& unit, std::string hash = "hash") {
    return store->write_and_wait([&](store::Transaction& transaction) {
      return make_unit_calendar(transaction, unit, hash, asking(who, people.organisation));
    });
  }
  Result<void> remove(char const* who, UnitId const& unit) {
    return store->write_and_wait([&](store::Transaction& transaction) {
      return remove_unit_calendar(transaction, unit, asking(who, people.organisation));
    });
  }
};

TEST_F(UnitCalendars, AreForTheUnitsOwnersAndHeadAndTheCoordinator) {
  for (char const* who : {"owner-zhujianju", "head-zhujianju", "coordinator"})
    EXPECT_TRUE(make(who, bureau, who)) << who;
  auto const entries = store->read()->entries_of_type("account.calendar_made");
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_THAT(entries.back().leaf, testing::HasSubstr(R"("unit":"zhujianju")"));
  for (char const* who :
       {"owner-songshizhen", "inspector", "leader", "auditor", "admin", "security", "nobody", "clock"})
    EXPECT_EQ(make(who, bureau).error().reason, Reason::Forbidden) << who;
  EXPECT_EQ(make("owner-zhujianju", township).error().reason, Reason::Forbidden) << "another's unit";
  EXPECT_EQ(make("coordinator", UnitId{"nowhere"}).error().reason, Reason::NotFound);
  EXPECT_EQ(store->read()->entries_of_type("account.calendar_made").size(), 3u) << "nothing was written";
}

TEST_F(UnitCalendars, AreOneForEachPersonAndUnitAndAreTakenBackByTheirMaker) {
  ASSERT_TRUE(make("coordinator", bureau, "first"));
  ASSERT_TRUE(make("coordinator", township, "second"));
  ASSERT_TRUE(make("owner-zhujianju", bureau, "his"));
  ASSERT_TRUE(make("coordinator", bureau, "third"));
  EXPECT_FALSE(store->read()->unit_calendar_feed_by("first")) << "a new address ends the old one";
  EXPECT_EQ(store->read()->unit_calendar_feed_by("third")->unit, bureau);
  EXPECT_EQ(remove("owner-zhujianju", township).error().reason, Reason::NotFound) << "another's stays";
  ASSERT_TRUE(remove("coordinator", bureau));
  EXPECT_EQ(remove("coordinator", bureau).error().reason, Reason::NotFound);
  EXPECT_FALSE(store->read()->unit_calendar_feed_by("third"));
  EXPECT_TRUE(store->read()->unit_calendar_feed_by("second"));
  EXPECT_TRUE(store->read()->unit_calendar_feed_by("his"));
}

TEST_F(UnitCalendars, EndWhenTheirMakerLeavesTheUnitOrTheHouse) {
  EXPECT_TRUE(may_have_unit_calendar(bureau, asking("owner-zhujianju", people.organisation)));
  Organisation moved = people.organisation;
  moved.participants.at(Username{"owner-zhujianju"}).unit = township;
  EXPECT_EQ(may_have_unit_calendar(bureau, asking("owner-zhujianju", moved)).error().reason,
            Reason::Forbidden);
  EXPECT_TRUE(may_have_unit_calendar(township, asking("owner-zhujianju", moved)));
  Organisation left = people.organisation;
  left.participants.at(Username{"owner-zhujianju"}).active = false;
  EXPECT_FALSE(may_have_unit_calendar(bureau, asking("owner-zhujianju", left)));
  Organisation another_role = people.organisation;
  another_role.participants.at(Username{"coordinator"}).roles = {Role::Inspector};
  EXPECT_FALSE(may_have_unit_calendar(bureau, asking("coordinator", another_role)));
  ASSERT_TRUE(make("owner-zhujianju", bureau));
  people.organisation = moved;
  EXPECT_TRUE(remove("owner-zhujianju", bureau)) << "what no longer answers can still be taken off the list";
}

}  // namespace
}  // namespace xiaohao
