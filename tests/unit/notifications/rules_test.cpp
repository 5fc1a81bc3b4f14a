// What a county may write into its policy beyond "who, when, by which way".

#include <gmock/gmock.h>

#include "tests/unit/notifications/county.hpp"

namespace xiaohao::notifications {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class RulesTest : public testing::Test {
 protected:
  County county;

  /// The shipped policy with one step changed.
  Ladder with_step(std::size_t place, std::initializer_list<std::pair<char const*, json>> fields) const {
    json document = shipped_policy_document();
    for (auto const& [name, value] : fields)
      document["escalation"]["ladders"][0]["steps"][place][name] = value;
    auto policy = read_policy(document);
    if (!policy) throw std::runtime_error(policy.error().first().pointer + policy.error().first().detail.en);
    return Ladder(std::move(*policy), workflows::shipped_calendar().value());
  }
  std::vector<std::string> told(Ladder const& ladder, WorkItem const& item, char const* step,
                                char const* when) const {
    return who(ladder.notices_of_step(item, step, at(when), county.surroundings(when)));
  }
};

constexpr std::size_t urge = 3, supervise = 4;
constexpr char const* urge_day = "2024-03-01T08:37:00";

TEST_F(RulesTest, TellEveryMemberOfAGroup) {
  county.organisation.units.insert_or_assign(UnitId{"songshizhen"}, Unit{UnitId{"songshizhen"}, "嵩市镇", "township",
                                                                false, std::nullopt, std::nullopt});
  county.add("owner-songshizhen", "周七", "songshizhen", Role::Owner, "");
  county.organisation.groups.emplace(
      GroupId{"both"},
      UnitGroup{
          GroupId{"both"}, "两个单位", {}, "group", {UnitId{"zhujianju"}, UnitId{"songshizhen"}}, true, 2});
  Ladder const ladder =
      with_step(urge, {{"to", {"group:both"}}, {"copy", json::array()}, {"channels", {"inbox"}}});
  EXPECT_THAT(told(ladder, county.share("2024-02-29"), "urge", urge_day),
              ElementsAre("owner-zhujianju by inbox", "owner-songshizhen by inbox"));
}

TEST_F(RulesTest, ClimbFromAGroupOfNobodyToThoseWhoRunThePlan) {
  Ladder const ladder =
      with_step(urge, {{"to", {"unit:jijianwei"}}, {"copy", json::array()}, {"channels", {"inbox"}}});
  auto const notices =
      ladder.notices_of_step(county.share("2024-02-29"), "urge", at(urge_day), county.surroundings(urge_day));
  EXPECT_THAT(who(notices), ElementsAre("coordinator by inbox"));
  EXPECT_THAT(notices.front().body.zh, HasSubstr("本应通知jijianwei责任人，因无人可通知，改报县扶贫办"));
}

TEST_F(RulesTest, SendAStepOnlyIfItsConditionHolds) {
  WorkItem item = county.share("2024-02-29");
  item.status.progress = 8000;
  for (auto const& [condition, sent] : std::initializer_list<std::pair<json, bool>>{
           {{{"lights", {"red"}}}, true},
           {{{"lights", {"yellow", "green"}}}, false},
           {{{"progress_below", 90}}, true},
           {{{"progress_below", 80}}, false},
           {{{"stages", {"issued"}}}, false},
           {{{"stages", {"issued", "in_progress"}}}, true},
           {{{"accepted", false}}, false},
           {{{"returns_at_least", 1}}, false},
       }) {
    auto const names = told(with_step(urge, {{"only_if", condition}}), item, "urge", urge_day);
    if (sent)
      EXPECT_THAT(names, Contains("owner-zhujianju by inbox")) << condition;
    else
      EXPECT_THAT(names, Each(EndsWith("withheld: condition"))) << condition;
  }
}

TEST_F(RulesTest, LetOneAcknowledgementCountForAllWhereThePolicySaysSo) {
  json const repeat{{"every", {{"working_days", 1}}}, {"times", 1}};
  Ladder const each = with_step(urge, {{"repeat", repeat}});
  Ladder const one = with_step(urge, {{"repeat", repeat}, {"acknowledge", "one"}});
  WorkItem const item = county.share("2024-02-29");
  Notice seen = each.notices_of_step(item, "urge", at(urge_day), county.surroundings(urge_day)).front();
  seen.acknowledged_at = at("2024-03-01T09:00:00");
  county.told = {seen};
  EXPECT_THAT(told(each, item, "urge#2", "2024-03-04T08:37:00"),
              ElementsAre("owner-zhujianju by inbox, withheld: acknowledged",
                          "owner-zhujianju by mail, withheld: acknowledged", "head-zhujianju by inbox",
                          "head-zhujianju by mail"));
  EXPECT_THAT(told(one, item, "urge#2", "2024-03-04T08:37:00"), Each(EndsWith("withheld: acknowledged")));
  EXPECT_THAT(told(one, item, "supervise", "2024-03-05T08:37:00").front(), "head-zhujianju by inbox");
}

TEST_F(RulesTest, HoldTheLadderWhileAnExtensionIsPendingButNotItsTop) {
  WorkItem item = county.share("2024-02-29");
  item.status.requested_due = parse_date("2024-03-29").value();
  EXPECT_THAT(told(county.ladder, item, "remind-1", "2024-02-28T08:37:00"),
              Each(EndsWith("extension_pending")));
  EXPECT_THAT(told(county.ladder, item, "urge", urge_day), Each(EndsWith("extension_pending")));
  EXPECT_EQ(told(county.ladder, item, "supervise", "2024-03-05T08:37:00").front(), "head-zhujianju by inbox");
}

TEST_F(RulesTest, GiveImportantRowsALadderOfTheirOwn) {
  json document = shipped_policy_document();
  json own = document["escalation"]["ladders"][0];
  own["name"] = "重点";
  own["applies_to"] = {{"importance", {"key"}}, {"roles", {"Lead"}}};
  document["escalation"]["ladders"].insert(document["escalation"]["ladders"].begin(), own);
  document["escalation"]["importance"] = {{"key", {3, 10}}};
  Policy const policy = read_policy(document).value();
  WorkItem item = county.share("2024-06-30");
  EXPECT_EQ(policy.ladder_of(item)->name, "重点");
  item.definition.role = UnitRole::Support;
  EXPECT_EQ(policy.ladder_of(item)->name, "default");
  item.definition.role = UnitRole::Lead;
  item.definition.number = 11;
  EXPECT_EQ(policy.ladder_of(item)->name, "default");
}

TEST_F(RulesTest, SummonAfterThreeRedBulletinsRunning) {
  // Due on 29 February; bulletins on 25 March, 25 April and, the 25th of May being a Saturday, on Monday the
  // 27th.
  EXPECT_THAT(climb_of(county, county.share("2024-02-29"), "2024-03-12T00:00:00"),
              ElementsAre("summon 2024-05-27T17:00"));
  auto const notices =
      county.ladder.notices_of_step(county.share("2024-02-29"), "summon", at("2024-05-27T17:00:00"),
                                    county.surroundings("2024-05-27T17:00:00"));
  EXPECT_THAT(who(notices).front(), "head-zhujianju by inbox");
  EXPECT_EQ(notices.at(1).planned_for, at("2024-05-28T08:37:00"));
  EXPECT_EQ(notices.at(1).pace, "morning");
}

TEST_F(RulesTest, BeginCountingRedBulletinsAnewAfterAnApplication) {
  WorkItem item = county.share("2024-02-29");
  item.status.returns = 1;
  ItemStatus applied = item.status;
  applied.applied_at = at("2024-02-28T10:00:00");
  applied.returns = 0;
  // Applied in time and returned on 2 May: the bulletins of March and April did not show it red.
  county.past = {{at("2024-01-01T00:00:00"), county.share("2024-02-29").status},
                 {at("2024-02-28T10:00:00"), applied},
                 {at("2024-05-02T10:00:00"), item.status}};
  EXPECT_THAT(climb_of(county, item, "2024-05-02T10:00:00").front(), "summon 2024-07-25T17:00");
}

TEST_F(RulesTest, SummonOnceForADueDate) {
  WorkItem item = county.share("2024-02-29");
  item.status.returns = 1;  // so that later bulletins are looked at, too
  EXPECT_TRUE(county.ladder.applies(item, "summon", at("2024-05-27T17:00:00"),
                                    county.surroundings("2024-05-27T17:00:00")));
  county.told = county.ladder.notices_of_step(item, "summon", at("2024-05-27T17:00:00"),
                                              county.surroundings("2024-05-27T17:00:00"));
  EXPECT_FALSE(county.ladder.applies(item, "summon", at("2024-06-25T17:00:00"),
                                     county.surroundings("2024-06-25T17:00:00")));
}

TEST_F(RulesTest, WriteASpecialLetterAfterTwoYellowBulletinsOfAQuarter) {
  WorkItem item = county.share("2024-12-31");
  item.status.progress = 0;
  // Behind the time schedule in February (15 %) and March; January's 25th is 6.6 % of the year.
  EXPECT_THAT(climb_of(county, item, "2024-01-02T00:00:00").front(), "special_letter 2024-03-25T17:00");
  item.status.progress = 9500;
  EXPECT_THAT(climb_of(county, item, "2024-01-02T00:00:00").front(), "remind-7 2024-12-20T08:37");
}

TEST_F(RulesTest, WithholdWhatIsSilencedAndNothingElse) {
  Silence silence;
  silence.unit = UnitId{"zhujianju"};
  silence.step = "urge";
  silence.reason = "洪灾抢险";
  county.silences = {silence};
  WorkItem const item = county.share("2024-02-29");
  EXPECT_THAT(told(county.ladder, item, "urge", urge_day), Each(EndsWith("withheld: silenced")));
  EXPECT_EQ(told(county.ladder, item, "supervise", "2024-03-05T08:37:00").front(), "head-zhujianju by inbox");
  county.silences.front().unit = UnitId{"songshizhen"};
  EXPECT_EQ(told(county.ladder, item, "urge", urge_day).front(), "owner-zhujianju by inbox");
}

TEST_F(RulesTest, TellTheSubstituteToo) {
  county.add("owner-2", "李四", "zhujianju", Role::Inspector, "lisi@county.example");
  Absence absence;
  absence.away = Username{"owner-zhujianju"};
  absence.substitute = Username{"owner-2"};
  county.absences = {absence};
  auto const notices =
      county.ladder.notices_of_step(county.share("2024-02-29"), "remind-7", at("2024-02-20T08:37:00"),
                                    county.surroundings("2024-02-20T08:37:00"));
  EXPECT_THAT(who(notices), ElementsAre("owner-zhujianju by inbox", "owner-zhujianju by mail",
                                        "owner-2 by inbox", "owner-2 by mail"));
  EXPECT_THAT(notices.back().body.zh, HasSubstr("张三外出期间由您代理"));
  EXPECT_THAT(notices.front().body.zh, testing::Not(HasSubstr("代理")));
}

TEST_F(RulesTest, GatherAStepThatDoesNotFallInTheMorningIntoTheNextMornings) {
  Ladder const ladder = with_step(supervise, {{"at", "15:00"}});
  auto const notices =
      ladder.notices_of_step(county.share("2024-02-29"), "supervise", at("2024-03-05T15:00:00"),
                             county.surroundings("2024-03-05T15:00:00"));
  EXPECT_EQ(notices.at(1).planned_for, at("2024-03-06T08:37:00"));
  Ladder const urgent = with_step(supervise, {{"at", "15:00"}, {"pace", "urgent"}});
  auto const at_once =
      urgent.notices_of_step(county.share("2024-02-29"), "supervise", at("2024-03-05T15:00:00"),
                             county.surroundings("2024-03-05T15:00:00"));
  EXPECT_EQ(at_once.at(1).planned_for, at("2024-03-05T15:00:00"));
  EXPECT_EQ(at_once.at(1).pace, "urgent");
}

struct Wrong {
  char const* pointer;
  json value;
  char const* fault;
};
class FaultyRule : public testing::TestWithParam<Wrong> {};

TEST_P(FaultyRule, IsRefusedWithThePlace) {
  json document = shipped_policy_document();
  document[json::json_pointer(GetParam().pointer)] = GetParam().value;
  auto const policy = read_policy(document);
  ASSERT_FALSE(policy);
  std::vector<std::string> faults;
  for (Fault const& fault : policy.error().faults) faults.push_back(fault.pointer + ": " + fault.detail.en);
  EXPECT_THAT(faults, Contains(HasSubstr(GetParam().fault)));
}

INSTANTIATE_TEST_SUITE_P(
    Policy, FaultyRule,
    testing::Values(
        Wrong{"/escalation/ladders/0/steps/3/to", {"group"}, "/to: group is no audience"},
        Wrong{"/escalation/ladders/0/steps/3/to", {"owner:x"}, "/to: owner:x is no audience"},
        Wrong{"/escalation/ladders/0/steps/3/only_if", json::object(), "/only_if: must name"},
        Wrong{"/escalation/ladders/0/steps/3/only_if",
              {{"lights", {"blue"}}},
              "/only_if/lights: blue is no light"},
        Wrong{"/escalation/ladders/0/steps/3/acknowledge", "some", "/acknowledge: must be one of every, one"},
        Wrong{"/escalation/ladders/0/steps/7/offset", {{"days", 1}}, "/steps/7/offset: a step that watches"},
        Wrong{"/escalation/ladders/0/steps/7/watch", {{"light", "red"}}, "/watch: must have one of"},
        Wrong{"/escalation/ladders/0/steps/7/watch",
              {{"light", "red"}, {"bulletins_in_a_quarter", 4}},
              "/watch/bulletins_in_a_quarter"},
        Wrong{"/escalation/ladders/0/applies_to/importance",
              {"key"},
              "/importance: there is no importance key"},
        Wrong{"/escalation/ladders/0/applies_to/roles", {"Chief"}, "/roles: Chief is no role"},
        Wrong{"/escalation/bulletins/day_of_month", 31, "/escalation/bulletins/day_of_month"}));

}  // namespace
}  // namespace xiaohao::notifications
