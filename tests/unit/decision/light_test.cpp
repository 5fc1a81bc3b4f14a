#include "engine/decision/light.hpp"

#include <gmock/gmock.h>

#include "engine/decision/board.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {
namespace {

Instant at(char const* text) { return parse_instant(std::string(text) + ":00+08:00").value(); }

/// 走访慰问, due at the end of February 2024, accepted on 2 January.
class VisitsOf2024 : public testing::Test {
 protected:
  SmallCounty county;
  WorkItem share = make();
  LightPolicy policy;

  WorkItem make() {
    county.now = at("2024-01-02T08:00");
    WorkItem item = county.share("songshizhen", UnitRole::Support);
    item.definition.schedule.due = item.status.due = parse_date("2024-02-29").value();
    county.must(item, "owner-songshizhen", "accept");
    return item;
  }
  Light light(char const* when) const {
    return light_of(share, at(when), policy, county.rules.calendar).light;
  }
};

TEST_F(VisitsOf2024, AreGreenWhileTheyKeepPace) {
  share.status.progress = 5000;
  EXPECT_EQ(light("2024-01-20T12:00"), Light::Green);
}

TEST_F(VisitsOf2024, TurnYellowAWeekBeforeTheyAreDue) {
  share.status.progress = complete;
  EXPECT_EQ(light("2024-02-21T23:59"), Light::Green);
  EXPECT_EQ(light("2024-02-22T00:00"), Light::Yellow);
}

TEST_F(VisitsOf2024, TurnYellowWhenTenPointsBehind) { EXPECT_EQ(light("2024-01-10T00:00"), Light::Yellow); }

TEST_F(VisitsOf2024, TurnRedWhenTheLeapDayIsOver) {
  EXPECT_EQ(light("2024-02-29T23:59"), Light::Yellow);
  EXPECT_EQ(light("2024-03-01T00:00"), Light::Red);
  EXPECT_EQ(days_overdue(share, at("2024-03-03T09:00")), 3);
}

TEST_F(VisitsOf2024, DoNotReddenWhileTheReviewerTakesHisTime) {
  share.status.progress = complete;
  share.status.applied_at = at("2024-02-20T09:00");
  EXPECT_EQ(light("2024-03-20T00:00"), Light::Green);
  share.status.applied_at.reset();  // returned
  EXPECT_EQ(light("2024-03-20T00:00"), Light::Red);
}

TEST_F(VisitsOf2024, TurnYellowByWorkingDaysWhereTheCountyCountsSo) {
  share.status.progress = complete;
  policy.due_soon_working_days = true;
  // Seven working days before 29 February: the eight days of the Spring Festival end on the 17th, and Sunday
  // the 18th is worked for them.
  EXPECT_EQ(light("2024-02-19T23:59"), Light::Green);
  EXPECT_EQ(light("2024-02-20T00:00"), Light::Yellow);
}

TEST_F(VisitsOf2024, AreJudgedByWorkingDaysWhereTheScheduleCountsThem) {
  Instant const after_the_holiday = at("2024-02-18T00:00");
  BasisPoints const by_days = planned_progress(share, after_the_holiday, policy, county.rules.calendar);
  policy.pace_working_days = true;
  BasisPoints const by_work = planned_progress(share, after_the_holiday, policy, county.rules.calendar);
  EXPECT_EQ(by_days, 48 * complete / 60);
  EXPECT_EQ(by_work, 30 * complete / 40);  // of January's 22 and February's 18 + 1 … days less New Year
  for (char const* night : {"2024-02-11T12:00", "2024-02-16T12:00"})
    EXPECT_EQ(planned_progress(share, at(night), policy, county.rules.calendar),
              planned_progress(share, at("2024-02-10T00:00"), policy, county.rules.calendar))
        << "nothing is expected of a holiday";
}

TEST_F(VisitsOf2024, AreGreyOnceClosed) {
  share.status.closed = true;
  EXPECT_EQ(light("2024-12-31T00:00"), Light::Grey);
}

TEST_F(VisitsOf2024, ChangeTheirLightOnlyWhenTheyHaveSaidSo) {
  for (Instant now = at("2024-01-02T08:00"); now < at("2024-03-05T00:00");) {
    auto const next = next_light_change(share, now, policy, county.rules.calendar);
    ASSERT_TRUE(next.has_value());
    Light const before = light_of(share, now, policy, county.rules.calendar).light;
    Instant const shortly_before = *next - std::chrono::milliseconds{1};
    EXPECT_EQ(light_of(share, shortly_before, policy, county.rules.calendar).light, before) << to_string(now);
    now = *next;
  }
}

TEST_F(VisitsOf2024, AreTheWorstOfTheirSharesOnTheBoard) {
  WorkItem task = share;
  task.definition.id = ItemId{1};
  task.definition.parent.reset();
  task.definition.kind = ItemKind::Task;
  task.definition.role.reset();
  WorkItem done = share;
  done.definition.id = ItemId{3};
  done.definition.role = UnitRole::Lead;
  done.status.closed = true;
  done.status.progress = complete;
  Plan const plan{PlanYear{2024}, "2024", "", {}, {}};
  Board const board =
      board_of(plan, {task, share, done}, {}, at("2024-03-04T09:00"), policy, county.rules.calendar);
  EXPECT_EQ(board.find(ItemId{1})->light.light, Light::Red);
  EXPECT_EQ(board.find(ItemId{1})->progress, 6666);  // lead 1 at 100 %, support ½ at 0 %
  EXPECT_EQ(board.overdue().size(), 1u);
  EXPECT_EQ(board.assignments.lights.grey, 1);
  EXPECT_EQ(board.assignments.lights.red, 1);
}

}  // namespace
}  // namespace xiaohao::decision
