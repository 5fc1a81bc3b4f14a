// Who is who changes while the plan runs, and work changes hands: by whom, and what stays whose.

#include "engine/group_change.hpp"
#include "engine/hand_over.hpp"
#include "engine/organisation_change.hpp"
#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

using testing::ElementsAre;

class Organising : public County {
 protected:
  void SetUp() override {
    person("security", std::nullopt, {Role::SecurityAdministrator});
    person("clerk", UnitId{"zhujianju"}, {Role::Owner});
    County::SetUp();
  }

  void person(char const* name, std::optional<UnitId> unit, std::vector<Role> roles) {
    people.organisation.participants.insert_or_assign(
        Username{name}, Participant{Username{name}, name, std::move(unit), std::move(roles), "", true});
  }

  template <class Value, class Change>
  Result<Value> as(char const* who, Change change) {
    Result<Value> outcome = write<Value>(who, change);
    engine->reload_organisation();
    return outcome;
  }
  Result<Unit> change(char const* who, Unit const& wish, std::string const& seen) {
    return as<Unit>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return change_unit(transaction, wish, seen, asking);
    });
  }
  Result<Participant> change(char const* who, Participant const& wish) {
    std::string const seen = version_of(known(wish.username.value().c_str()));
    return as<Participant>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return change_participant(transaction, wish, seen, asking);
    });
  }
  Result<UnitGroup> change(char const* who, GroupWish const& wish) {
    std::string const seen = version_of(group(wish.id));
    return as<UnitGroup>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return change_group(transaction, wish, seen, asking);
    });
  }
  Result<HandedOver> hand_over(char const* who, UnitId const& from, UnitId const& to) {
    return as<HandedOver>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return hand_over_unit(transaction, from, to, "撤乡并镇", asking);
    });
  }
  Participant known(char const* username) const {
    return *engine->organisation()->participant(Username{username});
  }
  UnitGroup group(GroupId const& id) const { return engine->organisation()->groups.at(id); }
  Unit unit(char const* id) const { return *engine->organisation()->unit(UnitId{id}); }
  std::vector<std::string> types_of(ItemId item) const {
    std::vector<std::string> types;
    for (JournalEntry const& entry : store->read()->entries_of(item)) types.push_back(entry.type);
    return types;
  }
  template <class Value>
  static std::string refusal_of(Result<Value> const& result) {
    if (result) return "accepted";
    return std::to_string(static_cast<int>(result.error().reason)) + result.error().first().pointer;
  }
  static std::string as_text(Reason reason, char const* pointer) {
    return std::to_string(static_cast<int>(reason)) + pointer;
  }
};

TEST_F(Organising, UnitsAreTheSystemAdministratorsAndNobodyElses) {
  Unit wish = unit("songshizhen");
  wish.name = "嵩市镇人民政府";
  for (char const* who : {"leader", "coordinator", "security", "owner-songshizhen", "nobody"})
    EXPECT_EQ(refusal_of(change(who, wish, version_of(unit("songshizhen")))), as_text(Reason::Forbidden, ""))
        << who;
  ASSERT_TRUE(change("admin", wish, version_of(unit("songshizhen"))));
  EXPECT_EQ(unit("songshizhen").name, "嵩市镇人民政府");
}

TEST_F(Organising, ASecondChangeOfWhatSomebodyElseHasChangedIsStale) {
  std::string const seen = version_of(unit("songshizhen"));
  Unit wish = unit("songshizhen");
  wish.name = "甲";
  ASSERT_TRUE(change("admin", wish, seen));
  wish.name = "乙";
  EXPECT_EQ(refusal_of(change("admin", wish, seen)), as_text(Reason::Stale, ""));
}

TEST_F(Organising, AUnitHasAnIdAndANameOfItsOwnAndIsHeadedByItsOwnHead) {
  auto const add = [&](auto const& alter) {
    Unit wish{UnitId{"shuiliju"}, "县水利局", "agency", false, std::nullopt, std::nullopt};
    alter(wish);
    return refusal_of(as<Unit>("admin", [&](store::Transaction& transaction, Asking const& asking) {
      return add_unit(transaction, wish, asking);
    }));
  };
  EXPECT_EQ(add([](Unit& wish) { wish.id = UnitId{"Shui Li"}; }), as_text(Reason::Malformed, "/id"));
  EXPECT_EQ(add([](Unit& wish) { wish.id = UnitId{"duchashi"}; }), as_text(Reason::NotPossible, "/id"));
  EXPECT_EQ(add([](Unit& wish) { wish.name = "duchashi"; }), as_text(Reason::Malformed, "/name"));
  EXPECT_EQ(add([](Unit& wish) { wish.head = Username{"clerk"}; }), as_text(Reason::Malformed, "/head"));
  EXPECT_EQ(add([](Unit& wish) { wish.supervising_leader = Username{"coordinator"}; }),
            as_text(Reason::Malformed, "/supervising_leader"));
  EXPECT_EQ(add([](Unit& wish) { wish.supervising_leader = Username{"leader"}; }), "accepted");
}

TEST_F(Organising, GroupsAreTheCoordinatorsAndHaveIdsAndNamesOfTheirOwn) {
  auto const add = [&](char const* who, char const* id, char const* name) {
    return refusal_of(as<UnitGroup>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return add_group(transaction, GroupId{id}, name, asking);
    }));
  };
  for (char const* who : {"admin", "security", "owner-zhujianju", "nobody"})
    EXPECT_EQ(add(who, "bangfu", "帮扶单位"), as_text(Reason::Forbidden, "")) << who;
  EXPECT_EQ(add("coordinator", "Bang Fu", "帮扶单位"), as_text(Reason::Malformed, "/id"));
  EXPECT_EQ(add("coordinator", "bangfu", " "), as_text(Reason::Malformed, "/name"));
  EXPECT_EQ(add("coordinator", "bangfu", "songshizhen"), as_text(Reason::Malformed, "/name"));
  ASSERT_EQ(add("coordinator", "bangfu", "帮扶单位"), "accepted");
  EXPECT_EQ(add("coordinator", "bangfu", "帮扶组"), as_text(Reason::NotPossible, "/id"));
  auto const rename = [&](std::string const& seen) {
    return refusal_of(as<UnitGroup>("leader", [&](store::Transaction& transaction, Asking const& asking) {
      return change_group(transaction, {GroupId{"bangfu"}, "帮扶组", false}, seen, asking);
    }));
  };
  EXPECT_EQ(rename("of another time"), as_text(Reason::Stale, ""));
  EXPECT_EQ(rename(version_of(engine->organisation()->groups.at(GroupId{"bangfu"}))), "accepted");
}

TEST_F(Organising, AUnitIsRetiredOnlyWhenNothingHangsOnIt) {
  ASSERT_TRUE(store->write_and_wait([](store::Transaction& transaction) -> Result<void> {
    transaction.put_group(
        {GroupId{"bangfu"}, "帮扶单位", {"帮扶单位"}, "group", {UnitId{"songshizhen"}}, true, std::nullopt});
    return {};
  }));
  Unit wish = unit("songshizhen");
  wish.retired = true;
  auto const refused = change("admin", wish, version_of(unit("songshizhen")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::NotPossible);
  EXPECT_EQ(refused.error().faults.size(), 3u) << "an open share, a group, and an owner";
}

TEST_F(Organising, APersonIsNotAddedTwiceNorPutIntoARetiredUnitNorChangedByAnOldView) {
  auto const add = as<Participant>("security", [&](store::Transaction& transaction, Asking const& asking) {
    return add_participant(transaction, known("clerk"), asking);
  });
  EXPECT_EQ(refusal_of(add), as_text(Reason::NotPossible, "/username"));
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Unit retired = unit("duchashi");
    retired.retired = true;
    transaction.put_unit(retired);
    return {};
  }));
  Participant wish = known("clerk");
  wish.unit = UnitId{"duchashi"};
  EXPECT_EQ(refusal_of(change("security", wish)), as_text(Reason::Malformed, "/unit"));
  auto const old = as<Participant>("security", [&](store::Transaction& transaction, Asking const& asking) {
    return change_participant(transaction, known("leader"), version_of(wish), asking);
  });
  EXPECT_EQ(refusal_of(old), as_text(Reason::Stale, ""));
}

TEST_F(Organising, WhoeverLeavesIsSignedOut) {
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Instant const now = engine->now();
    transaction.put_account({Username{"clerk"}, "x", false, now});
    transaction.put_session({"hash", Username{"clerk"}, "csrf", now, now, now + std::chrono::hours{1}, ""});
    return {};
  }));
  Participant leaves = known("clerk");
  leaves.active = false;
  ASSERT_TRUE(change("security", leaves));
  EXPECT_TRUE(store->read()->sessions(Username{"clerk"}).empty());
}

TEST_F(Organising, AGroupIsRetiredOnlyWithoutMembersAndOpenTasks) {
  GroupId const id{"bumen"};
  auto const put = [&](std::vector<UnitId> members, char const* kind = "group") {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      transaction.put_group({id, "各部门", {"各部门"}, kind, std::move(members), true, std::nullopt});
      return {};
    }));
    engine->reload_organisation();
  };
  put({UnitId{"zhujianju"}});
  for (char const* who : {"admin", "security", "owner-zhujianju", "inspector"})
    EXPECT_EQ(refusal_of(change(who, GroupWish{id, "各部门", true})), as_text(Reason::Forbidden, "")) << who;
  EXPECT_EQ(refusal_of(change("coordinator", GroupWish{id, "各部门", true})),
            as_text(Reason::NotPossible, "/retired"));
  put({}, "persons");
  EXPECT_EQ(refusal_of(change("coordinator", GroupWish{id, "各部门", true})),
            as_text(Reason::NotPossible, "/retired"));
  put({});
  ASSERT_TRUE(change("coordinator", GroupWish{id, "各单位", true}));
  EXPECT_TRUE(is_retired(group(id)));
  EXPECT_THAT(group(id).spellings, ElementsAre("各部门", "各单位"));
  ASSERT_TRUE(change("coordinator", GroupWish{id, "各单位", false}));
  EXPECT_FALSE(is_retired(group(id)));
}

TEST_F(Organising, PeopleAreTheSecurityAdministratorsAndNeverHisOwnRoles) {
  Participant wish = known("clerk");
  wish.name = "张三";
  for (char const* who : {"leader", "coordinator", "admin", "clerk"})
    EXPECT_EQ(refusal_of(change(who, wish)), as_text(Reason::Forbidden, "")) << who;
  ASSERT_TRUE(change("security", wish));
  Participant self = known("security");
  self.roles = {Role::Leader};
  EXPECT_EQ(refusal_of(change("security", self)), as_text(Reason::Forbidden, "/roles"));
  self = known("security");
  self.active = false;
  EXPECT_EQ(refusal_of(change("security", self)), as_text(Reason::Forbidden, "/roles"));
  self = known("security");
  self.unit = UnitId{"duchashi"};
  EXPECT_EQ(refusal_of(change("security", self)), as_text(Reason::Forbidden, "/roles"));
  Participant both = known("clerk");
  both.roles = {Role::Owner, Role::Auditor};
  EXPECT_EQ(refusal_of(change("security", both)), as_text(Reason::Malformed, "/roles"));
}

TEST_F(Organising, TheLastSecurityAdministratorWithAnAccountStays) {
  person("second", std::nullopt, {Role::SecurityAdministrator});
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    transaction.put_participant(people.organisation.participants.at(Username{"second"}));
    transaction.put_account({Username{"security"}, "x", false, engine->now()});
    return {};
  }));
  engine->reload_organisation();
  Participant leaves = known("security");
  leaves.active = false;
  EXPECT_EQ(refusal_of(change("second", leaves)), as_text(Reason::NotPossible, "/roles"))
      << "the second has no account";
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    transaction.put_account({Username{"second"}, "x", true, engine->now()});
    return {};
  }));
  EXPECT_EQ(refusal_of(change("second", leaves)), as_text(Reason::NotPossible, "/roles")) << "it is disabled";
}

TEST_F(Organising, AMergedUnitsShareGoesOnWithTheOtherAndBothSaySo) {
  must("owner-songshizhen", support, "accept");
  must("owner-songshizhen", support, "report", {{"progress", 40}, {"text", "过半"}});
  EXPECT_EQ(refusal_of(hand_over("coordinator", UnitId{"songshizhen"}, UnitId{"fupinban"})),
            as_text(Reason::Forbidden, ""))
      << "it ends shares, which is a leader's";
  EXPECT_TRUE(item(support).status.open());
  auto const moved = hand_over("leader", UnitId{"songshizhen"}, UnitId{"fupinban"});
  ASSERT_TRUE(moved) << moved.error().first().detail.en;
  EXPECT_THAT(moved->items, ElementsAre(support));
  ASSERT_EQ(moved->made.size(), 1u);
  WorkItem const goes_on = item(moved->made.front());
  EXPECT_TRUE(item(support).status.cancelled);
  EXPECT_EQ(goes_on.definition.unit, UnitId{"fupinban"});
  EXPECT_EQ(goes_on.definition.schedule, item(support).definition.schedule);
  EXPECT_EQ(types_of(support).back(), "work.handed_over");
  EXPECT_EQ(types_of(goes_on.id()).back(), "work.handed_over");
  EXPECT_THAT(goes_on.status.contributors, ElementsAre(Username{"owner-songshizhen"}));
  EXPECT_EQ(item(task).status.shares, 2);
}

TEST_F(Organising, WhoeverHadAPartVerifiesNothingOfItAfterChangingUnits) {
  must("owner-songshizhen", support, "accept");
  must("owner-songshizhen", support, "report", {{"progress", 40}, {"text", "过半"}});
  auto const moved = hand_over("leader", UnitId{"songshizhen"}, UnitId{"fupinban"});
  ASSERT_TRUE(moved);
  ItemId const share = moved->made.front();
  Participant moves = known("owner-songshizhen");
  moves.unit = UnitId{"duchashi"};
  moves.roles = {Role::Inspector};
  ASSERT_TRUE(change("security", moves));
  must("owner-fupinban", share, "accept");
  attach("owner-fupinban", share);
  must("owner-fupinban", share, "closeout.apply", {{"summary", "完成"}});
  must("owner-zhujianju", share, "closeout.approve");
  auto const verified = send("owner-songshizhen", share, "closeout.verify");
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().reason, Reason::Forbidden);
  must("inspector", share, "closeout.verify");
}

TEST_F(Organising, APersonsOpenWorkGoesToAnotherOfTheUnit) {
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "report", {{"progress", 10}, {"text", "开工"}});
  auto const pass = [&](char const* who, char const* to) {
    return as<HandedOver>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return hand_over_person(transaction, Username{"owner-zhujianju"}, Username{to}, "调离", asking);
    });
  };
  EXPECT_EQ(refusal_of(pass("owner-zhujianju", "clerk")), as_text(Reason::Forbidden, ""));
  EXPECT_EQ(refusal_of(pass("coordinator", "inspector")), as_text(Reason::Malformed, "/to"));
  EXPECT_EQ(refusal_of(pass("coordinator", "owner-songshizhen")), as_text(Reason::NotPossible, ""))
      << "nothing of his is of that unit";
  auto const moved = pass("coordinator", "clerk");
  ASSERT_TRUE(moved) << moved.error().first().detail.en;
  EXPECT_THAT(moved->items, ElementsAre(lead));
  EXPECT_EQ(types_of(lead).back(), "work.handed_over");
  EXPECT_THAT(item(lead).status.contributors, ElementsAre(Username{"owner-zhujianju"}));
  must("clerk", lead, "report", {{"progress", 60}, {"text", "封顶"}});
}

TEST_F(Organising, AShareGoesToNoUnitThatHasOneOfTheTask) {
  must("owner-zhujianju", lead, "disown", {{"reason", "职能已划转"}});
  for (char const* unit : {"zhujianju", "songshizhen", "nowhere"})
    EXPECT_EQ(refusal_of(send("coordinator", lead, "disown.accept", {{"reason", "属实"}, {"unit", unit}})),
              as_text(Reason::Malformed, "/unit"))
        << unit;
  must("coordinator", lead, "disown.accept", {{"reason", "属实"}, {"unit", "fupinban"}});
}

TEST_F(Organising, WhatIsHandedOverNeedsAReasonAndSomebodyElse) {
  auto const unit_to = [&](char const* to, char const* reason) {
    return refusal_of(as<HandedOver>("leader", [&](store::Transaction& transaction, Asking const& asking) {
      return hand_over_unit(transaction, UnitId{"songshizhen"}, UnitId{to}, reason, asking);
    }));
  };
  auto const person_to = [&](char const* to, char const* reason) {
    return refusal_of(as<HandedOver>("leader", [&](store::Transaction& transaction, Asking const& asking) {
      return hand_over_person(transaction, Username{"owner-zhujianju"}, Username{to}, reason, asking);
    }));
  };
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "report", {{"progress", 10}, {"text", "开工"}});
  EXPECT_EQ(unit_to("fupinban", " "), as_text(Reason::Malformed, "/reason"));
  EXPECT_EQ(person_to("clerk", " "), as_text(Reason::Malformed, "/reason"));
  EXPECT_EQ(unit_to("songshizhen", "撤乡并镇"), as_text(Reason::Malformed, "/to"));
  EXPECT_EQ(person_to("owner-zhujianju", "调离"), as_text(Reason::Malformed, "/to"));
  Participant left = known("clerk");
  left.active = false;
  ASSERT_TRUE(change("security", left));
  EXPECT_EQ(person_to("clerk", "调离"), as_text(Reason::Malformed, "/to"));
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Unit retired = unit("duchashi");
    retired.retired = true;
    transaction.put_unit(retired);
    return {};
  }));
  EXPECT_EQ(unit_to("duchashi", "撤乡并镇"), as_text(Reason::Malformed, "/to"));
}

}  // namespace
}  // namespace xiaohao
