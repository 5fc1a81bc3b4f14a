#include <gmock/gmock.h>

#include "engine/decision/coming_steps.hpp"
#include "tests/unit/notifications/county.hpp"

namespace xiaohao::notifications {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LadderTest : public testing::Test {
 protected:
  County county;

  std::vector<Notice> step(WorkItem const& item, char const* name, char const* when,
                           char const* now = nullptr) {
    return county.ladder.notices_of_step(item, name, at(when), county.surroundings(now ? now : when));
  }
};

TEST_F(LadderTest, CountsWorkingDaysOverTheSpringFestivalOf2024) {
  // 2月底 is Thursday the 29th. Sunday the 18th was worked in exchange for a day of the Spring Festival.
  EXPECT_THAT(climb_of(county, county.share("2024-02-29"), "2024-01-02T08:00:00"),
              ElementsAre("remind-7 2024-02-20T08:37", "remind-3 2024-02-26T08:37",
                          "remind-1 2024-02-28T08:37", "urge 2024-03-01T08:37", "supervise 2024-03-05T08:37",
                          "circulate 2024-03-11T08:37", "summon 2024-05-27T17:00"));
}

TEST_F(LadderTest, WaitsForTheEndOfTheNationalHoliday) {
  // 1 to 7 October off; Sunday 29 September and Saturday 12 October worked.
  EXPECT_THAT(climb_of(county, county.share("2024-09-30"), "2024-09-01T00:00:00"),
              ElementsAre("remind-7 2024-09-20T08:37", "remind-3 2024-09-26T08:37",
                          "remind-1 2024-09-29T08:37", "urge 2024-10-08T08:37", "supervise 2024-10-10T08:37",
                          "circulate 2024-10-15T08:37", "summon 2024-12-25T17:00"));
}

TEST_F(LadderTest, RemindsOfADueDateInAHolidayOnTheLastWorkingDayBefore) {
  EXPECT_THAT(climb_of(county, county.share("2024-10-06"), "2024-09-28T00:00:00"),
              ElementsAre("remind-1 2024-09-30T08:37", "urge 2024-10-08T08:37", "supervise 2024-10-10T08:37",
                          "circulate 2024-10-15T08:37", "summon 2024-12-25T17:00"));
}

TEST_F(LadderTest, StandsStillFromTheApplicationAndResumesAtTheStepDueNow) {
  WorkItem item = county.share("2024-02-29");
  item.status.applied_at = at("2024-02-27T10:00:00");
  EXPECT_THAT(climb_of(county, item, "2024-02-27T10:00:00"), IsEmpty());
  item.status.applied_at.reset();  // returned on 4 March, after due
  EXPECT_THAT(
      climb_of(county, item, "2024-03-04T15:00:00"),
      ElementsAre("supervise 2024-03-05T08:37", "circulate 2024-03-11T08:37", "summon 2024-05-27T17:00"));
}

TEST_F(LadderTest, EndsWithTheItem) {
  WorkItem closed = county.share("2024-02-29");
  closed.status.closed = true;
  EXPECT_THAT(climb_of(county, closed, "2024-01-02T00:00:00"), IsEmpty());
  WorkItem cancelled = county.share("2024-02-29");
  cancelled.status.cancelled = true;
  EXPECT_THAT(climb_of(county, cancelled, "2024-01-02T00:00:00"), IsEmpty());
}

TEST_F(LadderTest, IsNotClimbedByATask) {
  WorkItem task = county.share("2024-02-29");
  task.definition.kind = ItemKind::Task;
  EXPECT_THAT(climb_of(county, task, "2024-01-02T00:00:00"), IsEmpty());
}

TEST_F(LadderTest, StartsAnewWithAnExtendedDueDate) {
  WorkItem item = county.share("2024-02-29");
  item.status.due = parse_date("2024-03-29").value();
  EXPECT_EQ(climb_of(county, item, "2024-02-21T10:00:00").front(), "remind-7 2024-03-20T08:37");
}

TEST_F(LadderTest, TellsEachStepsOwnPeople) {
  WorkItem const item = county.share("2024-02-29");
  EXPECT_THAT(who(step(item, "remind-7", "2024-02-20T08:37:00")),
              ElementsAre("owner-zhujianju by inbox", "owner-zhujianju by mail"));
  EXPECT_THAT(who(step(item, "urge", "2024-03-01T08:37:00")),
              ElementsAre("owner-zhujianju by inbox", "owner-zhujianju by mail", "head-zhujianju by inbox",
                          "head-zhujianju by mail"));
  EXPECT_THAT(
      who(step(item, "supervise", "2024-03-05T08:37:00")),
      ElementsAre("head-zhujianju by inbox", "head-zhujianju by mail", "fenguan by inbox",
                  "fenguan by mail, withheld: no_address", "coordinator by inbox", "coordinator by mail"));
  EXPECT_THAT(who(step(item, "circulate", "2024-03-11T08:37:00")),
              ElementsAre("fenguan by inbox", "fenguan by mail, withheld: no_address", "leader by inbox",
                          "leader by mail, withheld: no_address"));
}

TEST_F(LadderTest, GivesTheSameKeyForTheSameDecision) {
  WorkItem const item = county.share("2024-02-29");
  auto const notices = step(item, "urge", "2024-03-01T08:37:00");
  EXPECT_EQ(notices.at(1).key, "item/7/2024-02-29/urge/owner-zhujianju/mail");
  EXPECT_EQ(step(item, "urge", "2024-03-01T08:37:00"), notices);
}

TEST_F(LadderTest, SaysWhatWhenAndHowLate) {
  Notice const urge = step(county.share("2024-02-29"), "urge", "2024-03-01T08:37:00").front();
  EXPECT_EQ(urge.step, "urge");
  EXPECT_EQ(urge.subject.zh, "催办：第10项《安居扶贫巩固提升》已逾期1天");
  EXPECT_THAT(urge.body.zh,
              HasSubstr("县住建局承担的第10项《安居扶贫巩固提升》，完成时限2024年2月29日，已逾期1天"));
  EXPECT_THAT(urge.body.en, HasSubstr("was due on 2024-02-29 and is 1 day(s) late"));
}

TEST_F(LadderTest, ClimbsAtOnceWhenNobodyIsThere) {
  county.leaves("owner-zhujianju");
  auto const notices = step(county.share("2024-02-29"), "remind-7", "2024-02-20T08:37:00");
  EXPECT_THAT(who(notices), ElementsAre("head-zhujianju by inbox", "head-zhujianju by mail"));
  EXPECT_THAT(notices.front().body.zh, HasSubstr("本应通知责任人，因无人可通知，改报单位负责人"));

  county.leaves("head-zhujianju");
  county.leaves("fenguan");
  EXPECT_THAT(who(step(county.share("2024-02-29"), "remind-7", "2024-02-20T08:37:00")),
              ElementsAre("coordinator by inbox", "coordinator by mail"));
}

TEST_F(LadderTest, FoldsRemindersThatWereMissedIntoTheLastOfThem) {
  WorkItem const item = county.share("2024-02-29");
  EXPECT_THAT(
      who(step(item, "remind-7", "2024-02-20T08:37:00", "2024-02-27T09:00:00")),
      ElementsAre("owner-zhujianju by inbox, withheld: folded", "owner-zhujianju by mail, withheld: folded"));
  auto const last = step(item, "remind-3", "2024-02-26T08:37:00", "2024-02-27T09:00:00");
  EXPECT_THAT(who(last), ElementsAre("owner-zhujianju by inbox", "owner-zhujianju by mail"));
  EXPECT_THAT(last.front().body.zh, HasSubstr("本通知应于2024年2月26日发出"));
  EXPECT_THAT(last.front().subject.zh, HasSubstr("还有2天到期"));
}

TEST_F(LadderTest, AppliesWhatWasMissedAfterTheDueDateWithItsOwnInstant) {
  auto const urge = step(county.share("2024-02-29"), "urge", "2024-03-01T08:37:00", "2024-03-22T03:00:00");
  EXPECT_THAT(who(urge).front(), "owner-zhujianju by inbox");
  EXPECT_EQ(urge.front().decided_at, at("2024-03-01T08:37:00"));
  EXPECT_EQ(urge.at(1).planned_for, at("2024-03-22T08:37:00"));  // the mail is not sent at three at night
}

TEST_F(LadderTest, TellsWhatADigestMissedWithThatMorningsDigestOrAtOnceAfterIt) {
  WorkItem const item = county.share("2024-02-29");
  for (auto const& [now, planned] : {std::pair("2024-02-27T07:00:00", "2024-02-27T08:37:00"),
                                     std::pair("2024-02-27T08:23:00", "2024-02-27T08:37:00"),
                                     std::pair("2024-02-27T09:00:00", "2024-02-27T09:00:00"),
                                     std::pair("2024-02-27T21:00:00", "2024-02-28T08:37:00")})
    EXPECT_EQ(step(item, "remind-3", "2024-02-26T08:37:00", now).at(1).planned_for, at(planned)) << now;
}

TEST_F(LadderTest, LetsWhatWasPlannedAndNeverSentGoWithTheDigestOfTheDayOnWhichItCan) {
  Notice planned = step(county.share("2024-02-29"), "remind-3", "2024-02-26T08:37:00").at(1);
  auto const goes = [&](char const* from) { return county.ladder.waits_until(planned, at(from)); };
  EXPECT_EQ(goes("2024-02-26T08:40:00"), at("2024-02-26T08:40:00"));
  EXPECT_EQ(goes("2024-02-27T08:23:00"), at("2024-02-27T08:37:00"));
  EXPECT_EQ(goes("2024-02-27T09:00:00"), at("2024-02-27T09:00:00"));
  EXPECT_EQ(goes("2024-02-27T21:00:00"), at("2024-02-28T08:37:00"));
  planned.delivery = "0123";  // a message that was tried goes out as it is, and as soon as it may
  EXPECT_EQ(goes("2024-02-27T08:23:00"), at("2024-02-27T08:23:00"));
  planned.pace = "urgent";
  EXPECT_EQ(goes("2024-02-27T03:00:00"), at("2024-02-27T03:00:00"));
}

TEST_F(LadderTest, DoesNotRemindWhoeverHasAcknowledged) {
  WorkItem const item = county.share("2024-02-29");
  Notice seen = step(item, "remind-7", "2024-02-20T08:37:00").front();
  seen.acknowledged_at = at("2024-02-20T09:00:00");
  county.told = {seen};
  EXPECT_THAT(who(step(item, "remind-3", "2024-02-26T08:37:00")).front(),
              "owner-zhujianju by inbox, withheld: acknowledged");
  EXPECT_THAT(who(step(item, "urge", "2024-03-01T08:37:00")).front(), "owner-zhujianju by inbox");

  WorkItem later = county.share("2024-02-29");
  later.status.due = parse_date("2024-03-29").value();  // an extension is a new ladder
  EXPECT_THAT(who(step(later, "remind-3", "2024-03-26T08:37:00")).front(), "owner-zhujianju by inbox");
}

TEST_F(LadderTest, ShowsWhatWillHappenIfNobodyActs) {
  auto const steps =
      decision::coming_steps(county.ladder, county.share("2024-02-29"), at("2024-02-28T12:00:00"),
                             county.surroundings("2024-02-28T12:00:00"), 12);
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_EQ(steps[1].kind, "supervise");
  EXPECT_THAT(steps[1].recipients,
              ElementsAre(Username{"coordinator"}, Username{"fenguan"}, Username{"head-zhujianju"}));
}

TEST_F(LadderTest, FillsTheInboxAtOnceAndHoldsMailOutOfTheNight) {
  // Saturday evening: the inbox at once, the mail on Monday morning.
  auto const notices = county.ladder.notices_of_occasion(
      county.share("2024-06-30"), {"urged", "owner", "请抓紧", Username{"coordinator"}},
      at("2024-06-15T21:00:00"), 42, county.surroundings("2024-06-15T21:00:00"));
  ASSERT_THAT(who(notices), ElementsAre("owner-zhujianju by inbox", "owner-zhujianju by mail"));
  EXPECT_EQ(notices[0].planned_for, at("2024-06-15T21:00:00"));
  EXPECT_EQ(notices[1].planned_for, at("2024-06-17T08:37:00"));
  EXPECT_EQ(notices[1].key, "item/7/event/42/urged/owner-zhujianju/mail");
  EXPECT_THAT(notices[1].body.zh, HasSubstr("赵主任催办县住建局"));
  EXPECT_THAT(notices[1].body.zh, HasSubstr("请抓紧"));
}

TEST_F(LadderTest, LeavesOutALineThatHasNothingToSay) {
  auto const notices = county.ladder.notices_of_occasion(
      county.share("2024-06-30"), {"verification", "inspector", "", Username{"coordinator"}},
      at("2024-06-14T10:00:00"), 43, county.surroundings("2024-06-14T10:00:00"));
  EXPECT_EQ(notices.front().body.zh, "县住建局承担的第10项《安居扶贫巩固提升》已通过初审，请核查。");
}

TEST_F(LadderTest, AsksTheLeadUnitForAFirstReviewAndTheCoordinatorWhenThereIsNone) {
  decision::Occasion const review{"review", "first_reviewer", "已完成", Username{"owner-songshizhen"}};
  auto const told = [&] {
    return who(county.ladder.notices_of_occasion(county.share("2024-06-30"), review,
                                                 at("2024-06-14T10:00:00"), 44,
                                                 county.surroundings("2024-06-14T10:00:00")));
  };
  EXPECT_EQ(told().front(), "coordinator by inbox");
  county.leads = {UnitId{"zhujianju"}};
  EXPECT_EQ(told().front(), "owner-zhujianju by inbox");
}

TEST_F(LadderTest, DoesNotTellAPersonWhatHeJustDid) {
  auto const notices = county.ladder.notices_of_occasion(
      county.share("2024-06-30"), {"urged", "first_reviewer", "", Username{"coordinator"}},
      at("2024-06-14T10:00:00"), 45, county.surroundings("2024-06-14T10:00:00"));
  EXPECT_THAT(notices, IsEmpty());
}

TEST_F(LadderTest, PassesOnAnOccasionThatThePolicyDoesNotKnow) {
  auto const notices = county.ladder.notices_of_occasion(
      county.share("2024-06-30"), {"relocated", "owner", "换了办公室", Username{"coordinator"}},
      at("2024-06-14T10:00:00"), 46, county.surroundings("2024-06-14T10:00:00"));
  ASSERT_THAT(who(notices), ElementsAre("owner-zhujianju by inbox"));
  EXPECT_EQ(notices.front().step, "relocated");
}

}  // namespace
}  // namespace xiaohao::notifications
