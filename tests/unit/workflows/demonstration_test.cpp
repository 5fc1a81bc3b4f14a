#include <set>

#include "tests/unit/workflows/shipped_plan.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::workflows {
namespace {

TEST(Demonstration, FillsEveryGroupOfUnits) {
  for (auto const& [id, group] : demonstration().organisation.groups)
    EXPECT_EQ(group.members_known, group.kind == "group") << group.name;
}

TEST(Demonstration, HasExactlyNineteenBureausInTheGroupOfNineteen) {
  EXPECT_EQ(group_named(demonstration().organisation, "19个专项扶贫责任单位")->members.size(), 19u);
}

TEST(Demonstration, NamesTheUnitsOfThePlanAsThePlanDoes) {
  for (auto const& [id, unit] : organisation_2024().organisation.units) {
    Unit const* const same = demonstration().organisation.unit(id);
    ASSERT_NE(same, nullptr) << unit.name;
    EXPECT_EQ(same->name, unit.name);
  }
  for (auto const& [id, group] : organisation_2024().organisation.groups)
    EXPECT_EQ(demonstration().organisation.groups.at(id).spellings, group.spellings);
}

TEST(Demonstration, MarksEveryUnitThatItMadeUp) {
  for (auto const& [id, unit] : demonstration().organisation.units) {
    bool const of_the_plan =
        organisation_2024().organisation.unit(id) || unit.name == "嵩市镇" || unit.name == "鹤城镇";
    EXPECT_EQ(unit.example, !of_the_plan) << unit.name;
    EXPECT_EQ(unit.example, unit.name.find("（示例）") != std::string::npos) << unit.name;
  }
}

TEST(Demonstration, GivesEveryUnitAnOwnerAndAHeadWhoAnswerToTheLeader) {
  Organisation const& organisation = demonstration().organisation;
  for (auto const& [id, unit] : organisation.units) {
    Participant const* const owner = organisation.participant(Username{"owner-" + id.value()});
    ASSERT_NE(owner, nullptr) << unit.name;
    EXPECT_EQ(owner->unit, id);
    EXPECT_TRUE(owner->has(Role::Owner));
    EXPECT_EQ(unit.head, Username{"head-" + id.value()});
    EXPECT_TRUE(organisation.participant(*unit.head)->has(Role::Head));
    EXPECT_EQ(unit.supervising_leader, Username{"leader"});
  }
}

TEST(Demonstration, WritesToNobodyWhoExists) {
  for (auto const& [username, participant] : demonstration().organisation.participants)
    EXPECT_EQ(participant.email, username.value() + "@example.invalid");
}

TEST(Demonstration, HasAnInspectorWhoseUnitOwnsNothing) {
  Participant const* const inspector = demonstration().organisation.participant(Username{"inspector"});
  ASSERT_NE(inspector, nullptr);
  PlanDraft const plan = plan_of(checklist_2024(), demonstration()).value();
  for (ItemDraft const& draft : plan.items) EXPECT_NE(draft.definition.unit, inspector->unit);
}

TEST(Rules, AreThoseOfTheShippedFiles) {
  decision::Rules const rules = shipped_rules().value();
  for (auto const& [kind, name] : rules.lifecycle_of) EXPECT_NE(rules.lifecycle(name), nullptr) << name;
  EXPECT_EQ(rules.lights.due_soon_days, 7);
  EXPECT_EQ(rules.settings.publicity_days, 7);
  EXPECT_EQ(rules.settings.immediate_days, 15);
  EXPECT_TRUE(rules.calendar.has_year(2024));
  EXPECT_EQ(rules.escalation, nullptr);
}

TEST(Rules, NameALifecycleByTheIdAndVersionOfItsDocument) {
  for (auto const& [name, text] : shipped_lifecycles()) {
    auto const lifecycle = json::read(text).value();
    EXPECT_EQ(name, lifecycle["id"].get<std::string>() + "/" + lifecycle["version"].get<std::string>());
  }
}

}  // namespace
}  // namespace xiaohao::workflows
