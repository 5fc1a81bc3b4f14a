// From the checklist to the plan of 2024, with the demonstration's twelve townships and nineteen bureaus.

#include <algorithm>
#include <set>

#include "engine/domain/occurrence.hpp"
#include "tests/unit/workflows/shipped_plan.hpp"

namespace xiaohao::workflows {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

PlanDraft const& plan_2024() {
  static PlanDraft const plan = plan_of(checklist_2024(), demonstration()).value();
  return plan;
}

std::vector<std::string> units_of(std::vector<ItemDefinition> const& items) {
  std::vector<std::string> units;
  for (ItemDefinition const& item : items) units.push_back(item.unit->value());
  return units;
}

std::vector<std::string> titles_of(std::vector<ItemDefinition> const& items) {
  std::vector<std::string> titles;
  for (ItemDefinition const& item : items) titles.push_back(item.title);
  return titles;
}

std::vector<Date> dues_of(std::vector<ItemDefinition> const& items) {
  std::vector<Date> dues;
  for (ItemDefinition const& item : items) dues.push_back(*item.schedule.due);
  return dues;
}

std::vector<UnitId> const& townships() {
  return group_named(demonstration().organisation, "各乡(镇、场)")->members;
}

TEST(Visits, AreDueOn29February2024) {
  ItemDefinition const visits = task_of(plan_2024(), 1);
  EXPECT_EQ(visits.title, "开展走访慰问");
  EXPECT_EQ(visits.schedule.due, day("2024-02-29"));
  for (ItemDefinition const& share : items_of(plan_2024(), 1, ItemKind::Assignment))
    EXPECT_EQ(share.schedule, visits.schedule) << share.unit->value();
}

TEST(Visits, AroundTheSpringFestivalAreAMilestoneOfTheirOwn) {
  auto const milestones = items_of(plan_2024(), 1, ItemKind::Milestone);
  ASSERT_THAT(titles_of(milestones), ElementsAre("春节前后开展走访慰问"));
  EXPECT_EQ(milestones[0].schedule.start, day("2024-02-03"));
  EXPECT_EQ(milestones[0].schedule.due, day("2024-02-24"));
  EXPECT_EQ(milestones[0].unit, UnitId{"zuzhibu"});
}

TEST(Plan2024, HasATaskForEachOfThe24Rows) {
  for (int number = 1; number <= 24; ++number)
    EXPECT_EQ(items_of(plan_2024(), number, ItemKind::Task).size(), 1u) << number;
}

TEST(Plan2024, GivesEachItemAParentThatIsItsTask) {
  for (ItemDraft const& draft : plan_2024().items) {
    bool const is_task = draft.definition.kind == ItemKind::Task;
    ASSERT_EQ(draft.parent.has_value(), !is_task);
    if (is_task) continue;
    ItemDefinition const& parent = plan_2024().items.at(*draft.parent).definition;
    EXPECT_EQ(parent.kind, ItemKind::Task);
    EXPECT_EQ(parent.number, draft.definition.number);
  }
}

TEST(Townships, EachHaveAShareWhereverARowNamesThem) {
  ASSERT_EQ(townships().size(), 12u);
  for (ChecklistItem const& item : checklist_2024().items) {
    bool const named = item.number != 20;  // 村集体经济 is the only row without them
    auto const units = units_of(items_of(plan_2024(), item.number, ItemKind::Assignment));
    for (UnitId const& township : townships())
      EXPECT_EQ(std::count(units.begin(), units.end(), township.value()), named ? 1 : 0)
          << item.number << " " << township.value();
  }
}

TEST(FanOut, GivesAUnitThatIsNamedTwiceOneShareInTheMoreResponsibleRole) {
  // 县委组织部 leads 干部培训 and is one of the 县专项扶贫单位 that support it.
  auto const shares = items_of(plan_2024(), 19, ItemKind::Assignment);
  std::set<std::string> seen;
  for (ItemDefinition const& share : shares) {
    EXPECT_TRUE(seen.insert(share.unit->value()).second) << share.unit->value();
    EXPECT_EQ(share.role, share.unit == UnitId{"zuzhibu"} ? UnitRole::Lead : UnitRole::Support);
  }
  EXPECT_EQ(seen.size(), 19u + 12u);
}

TEST(FanOut, LetsEveryMemberOfALeadingGroupLead) {
  int leads = 0;
  for (ItemDefinition const& share : items_of(plan_2024(), 4, ItemKind::Assignment))
    leads += share.role == UnitRole::Lead ? 1 : 0;
  EXPECT_EQ(leads, 19);
}

TEST(FanOut, GivesAGroupWithoutKnownMembersNoShareAndSaysSo) {
  PlanDraft const plan = plan_of(checklist_2024(), organisation_2024()).value();
  EXPECT_THAT(units_of(items_of(plan, 2, ItemKind::Assignment)), ElementsAre("fupinban"));
  auto const named = task_of(plan, 2).named_units;
  ASSERT_EQ(named.size(), 2u);
  EXPECT_TRUE(named[0].members_known);
  EXPECT_FALSE(named[1].members_known);
  EXPECT_EQ(named[1].name, "各乡(镇、场)");
}

TEST(FanOut, KeepsTheSpellingOfTheRowBesideTheNameOfTheGroup) {
  NamedUnit const townships_of_16 = task_of(plan_2024(), 16).named_units.back();
  EXPECT_EQ(townships_of_16.as_written, "各乡（镇、场)");
  EXPECT_EQ(townships_of_16.name, "各乡(镇、场)");
}

TEST(Persons, AreNoUnitAndWaitForNobodyToNameThem) {
  auto const named = task_of(plan_2024(), 17).named_units;
  auto const cadres =
      std::find_if(named.begin(), named.end(), [](auto const& u) { return u.name == "帮扶干部"; });
  ASSERT_NE(cadres, named.end());
  EXPECT_TRUE(cadres->members_known);
  EXPECT_EQ(items_of(plan_2024(), 17, ItemKind::Assignment).size(), 19u + 12u);
}

/// The first occurrence of a row, and those that the engine will make after it.
std::vector<ItemDefinition> series_of(PlanDraft const& plan, int number) {
  auto series = items_of(plan, number, ItemKind::Occurrence);
  EXPECT_EQ(series.size(), 1u) << "not all at once";
  for (auto next = next_occurrence(series.back(), plan.plan.campaigns); next;
       next = next_occurrence(series.back(), plan.plan.campaigns))
    series.push_back(*next);
  return series;
}

TEST(WholeYear, HasACheckpointAtEachQuartersEnd) {
  auto const checkpoints = series_of(plan_2024(), 2);
  EXPECT_THAT(titles_of(checkpoints),
              ElementsAre("一季度检查点", "二季度检查点", "三季度检查点", "四季度检查点"));
  EXPECT_THAT(dues_of(checkpoints),
              ElementsAre(day("2024-03-31"), day("2024-06-30"), day("2024-09-30"), day("2024-12-31")));
  EXPECT_EQ(checkpoints[1].schedule.start, day("2024-04-01"));
  for (ItemDefinition const& checkpoint : checkpoints) {
    EXPECT_EQ(checkpoint.unit, UnitId{"fupinban"});
    EXPECT_EQ(checkpoint.schedule.phrase, "全年");
    EXPECT_EQ(checkpoint.schedule.recurrence, "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;UNTIL=20241231");
    EXPECT_THAT(checkpoint.doubts, IsEmpty());
  }
}

TEST(DataComparison, IsHeldOnceAQuarterAndNotCheckedTwice) {
  auto const meetings = series_of(plan_2024(), 22);
  EXPECT_THAT(titles_of(meetings), ElementsAre("一季度工作调度和数据比对", "二季度工作调度和数据比对",
                                               "三季度工作调度和数据比对", "四季度工作调度和数据比对"));
  EXPECT_EQ(meetings[3].schedule.due, day("2024-12-31"));
  EXPECT_EQ(meetings[0].schedule.phrase, "以季度为单位");
}

TEST(Milestones, StandBesideTheCheckpointsOfTheirRow) {
  EXPECT_THAT(titles_of(items_of(plan_2024(), 9, ItemKind::Milestone)),
              ElementsAre("3月底确定今年分散种养名单",
                          "选好村集体经济项目，完成项目申报、审定、批复等工作3月启动实施"));
  EXPECT_THAT(titles_of(items_of(plan_2024(), 9, ItemKind::Occurrence)), ElementsAre("一季度检查点"));
  EXPECT_EQ(items_of(plan_2024(), 5, ItemKind::Milestone)[0].schedule.due, day("2024-05-31"));
  EXPECT_EQ(items_of(plan_2024(), 16, ItemKind::Milestone)[0].schedule.due, day("2024-10-17"));
  EXPECT_THAT(items_of(plan_2024(), 7, ItemKind::Milestone), IsEmpty());
}

TEST(Milestones, OfARowThatAGroupLeadsAreTheCoordinatingUnitsAndThatIsSaidToBeInferred) {
  for (ItemDefinition const& checkpoint : series_of(plan_2024(), 18)) {
    EXPECT_EQ(checkpoint.unit, UnitId{"fupinban"});
    EXPECT_THAT(checkpoint.doubts, Contains(Field(&Text::zh, HasSubstr("县扶贫办负责是推定"))));
  }
}

TEST(Campaigns, AreWindowsOfTheYearThatAreSaidToBeInferred) {
  auto const& campaigns = plan_2024().plan.campaigns;
  ASSERT_EQ(campaigns.size(), 3u);
  EXPECT_EQ(campaigns[0].start, day("2024-03-01"));
  EXPECT_EQ(campaigns[0].due, day("2024-05-31"));
  EXPECT_EQ(campaigns[1].due, day("2024-08-31"));
  EXPECT_EQ(campaigns[2].start, day("2024-09-01"));
  EXPECT_EQ(campaigns[2].due, day("2024-12-31"));
  for (Campaign const& campaign : campaigns) EXPECT_TRUE(campaign.inferred) << campaign.name;
}

TEST(Campaigns, TakeARowByItsTimeAndSayThatThePlanDoesNot) {
  EXPECT_THAT(task_of(plan_2024(), 1).campaigns, ElementsAre("春季整改"));  // 2月底: before the first begins
  EXPECT_THAT(task_of(plan_2024(), 6).campaigns, ElementsAre("夏季提升"));   // 6月
  EXPECT_THAT(task_of(plan_2024(), 10).campaigns, ElementsAre("秋冬巩固"));  // 10月底
  EXPECT_THAT(task_of(plan_2024(), 2).campaigns, ElementsAre("春季整改", "夏季提升", "秋冬巩固"));  // 全年
  for (int number = 1; number <= 24; ++number) {
    bool const by_its_own_words = number == 17 || number == 24;
    auto const said = Contains(Field(&Text::zh, HasSubstr("方案没有写明本项属于哪个攻势")));
    if (by_its_own_words)
      EXPECT_THAT(task_of(plan_2024(), number).doubts, testing::Not(said)) << number;
    else
      EXPECT_THAT(task_of(plan_2024(), number).doubts, said) << number;
  }
}

TEST(Campaigns, CountAMilestoneWhereItsDayFalls) {
  EXPECT_THAT(items_of(plan_2024(), 5, ItemKind::Milestone)[0].campaigns, ElementsAre("春季整改"));
  EXPECT_THAT(series_of(plan_2024(), 2)[2].campaigns, ElementsAre("秋冬巩固"));
}

TEST(Shares, HaveTheWordsLinesAndDoubtsOfTheirTaskAndTheCountysTargetWhereOneUnitLeadsAlone) {
  ItemDefinition const task = task_of(plan_2024(), 4);
  ItemDefinition const share = items_of(plan_2024(), 4, ItemKind::Assignment).front();
  EXPECT_EQ(share.content, task.content);
  EXPECT_EQ(share.source_lines, task.source_lines);
  EXPECT_EQ(share.doubts, task.doubts);
  EXPECT_EQ(task.indicators.at(0).target, 501);
  EXPECT_THAT(share.indicators, IsEmpty());  // every township leads
  for (ItemDefinition const& part : items_of(plan_2024(), 10, ItemKind::Assignment))
    EXPECT_EQ(part.indicators.size(), part.unit == UnitId{"zhujianju"} ? 1u : 0u) << part.unit->value();
}

TEST(NextYear, IsMadeFromTheSameChecklist) {
  PlanDraft const plan = plan_of(checklist_2024(), demonstration(), 2025).value();
  EXPECT_EQ(task_of(plan, 1).schedule.due, day("2025-02-28"));
  EXPECT_EQ(plan.plan.campaigns[1].start, day("2025-06-01"));
  EXPECT_THAT(plan.plan.doubts, Contains(Field(&Text::en, HasSubstr("made from the checklist of 2024"))));
}

TEST(NextYear, IsRefusedWhereAHolidayHasNoCalendarYet) {
  auto const plan = plan_of(checklist_2024(), demonstration(), 2027);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().faults.size(), 1u);
  EXPECT_EQ(plan.error().first().pointer, "/items/0/milestones/0/deadline");
}

TEST(MissingShares, AreThoseOfGroupsThatHaveBecomeKnown) {
  PlanDraft const before = plan_of(checklist_2024(), organisation_2024()).value();
  WorkItem task{task_of(before, 2), {}};
  task.definition.id = ItemId{1};
  std::vector<WorkItem> const there{{items_of(before, 2, ItemKind::Assignment).front(), {}}};
  auto const missing = missing_shares(task, there, demonstration().organisation);
  ASSERT_EQ(missing.size(), townships().size());
  for (ItemDraft const& share : missing) {
    EXPECT_EQ(share.definition.parent, ItemId{1});
    EXPECT_EQ(share.definition.role, UnitRole::Support);
  }
}

TEST(MissingShares, AreNotMadeAnewForWhatWasCancelled) {
  WorkItem task{task_of(plan_2024(), 7), {}};
  std::vector<WorkItem> children;
  for (ItemDefinition const& share : items_of(plan_2024(), 7, ItemKind::Assignment))
    children.push_back({share, {}});
  children.front().status.cancelled = true;
  EXPECT_THAT(missing_shares(task, children, demonstration().organisation), IsEmpty());
  task.status.cancelled = true;
  EXPECT_THAT(missing_shares(task, {}, demonstration().organisation), IsEmpty());
}

}  // namespace
}  // namespace xiaohao::workflows
