// 每季度核查: its quarters are made one at a time, each with its own deadline, lifecycle, light and ladder.

#include "engine/decision/light.hpp"
#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

using testing::ElementsAre;

class RecurringDuty : public County {
 protected:
  ItemId duty{0};
  VirtualClock january{at("2024-01-02T09:00:00+08:00")};

  void SetUp() override {
    County::SetUp();
    begin_in_january();
    ItemDefinition first = item(lead).definition;
    first.kind = ItemKind::Occurrence;
    first.role.reset();
    first.title = "一季度检查点";
    first.schedule = {"每季度至少一次",
                      calendar::ScheduleKind::Range,
                      parse_date("2024-01-01").value(),
                      parse_date("2024-03-31").value(),
                      "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;UNTIL=20241231",
                      false};
    Instant const new_year = at("2024-01-01T00:00:00+08:00");
    ASSERT_TRUE(
        add_shares(*store, people.rules, people.organisation, {{first, std::nullopt}}, {new_year, new_year}));
    duty = occurrences().front().id();
  }

  void begin_in_january() { engine = std::make_unique<Engine>(*store, january, people.rules); }
  std::vector<WorkItem> occurrences() const {
    store::ItemFilter filter;
    filter.kind = ItemKind::Occurrence;
    return store->read()->items(filter);
  }
  std::vector<std::string> titles() const {
    std::vector<std::string> titles;
    for (WorkItem const& each : occurrences()) titles.push_back(each.definition.title);
    return titles;
  }
  ItemId last() const { return occurrences().back().id(); }
  void until(char const* when) {
    january.advance_to(at(when));
    ASSERT_TRUE(engine->advance(january.now()));
  }
  void complete_and_confirm(ItemId id) {
    attach("owner-zhujianju", id);
    must("owner-zhujianju", id, "complete", {{"summary", "已核查"}});
    must("coordinator", id, "confirm");
  }
};

TEST_F(RecurringDuty, IsFollowedByTheNextWhenItsPeriodBeginsAndNotByAllAtOnce) {
  EXPECT_THAT(titles(), ElementsAre("一季度检查点"));
  until("2024-01-02T09:00:00+08:00");
  EXPECT_THAT(titles(), ElementsAre("一季度检查点", "二季度检查点"));
  until("2024-03-31T23:59:59+08:00");
  EXPECT_THAT(titles(), ElementsAre("一季度检查点", "二季度检查点"));
  until("2024-04-01T00:00:00+08:00");
  EXPECT_THAT(titles(), ElementsAre("一季度检查点", "二季度检查点", "三季度检查点"));
}

TEST_F(RecurringDuty, EndsWithTheLastPeriodOfItsTime) {
  until("2026-06-01T00:00:00+08:00");
  EXPECT_THAT(titles(), ElementsAre("一季度检查点", "二季度检查点", "三季度检查点", "四季度检查点"));
  WorkItem const fourth = item(last());
  EXPECT_EQ(to_string(*fourth.definition.schedule.start), "2024-10-01");
  EXPECT_EQ(to_string(*fourth.status.due), "2024-12-31");
  EXPECT_EQ(fourth.definition.schedule.phrase, "每季度至少一次");
  EXPECT_EQ(fourth.definition.unit, UnitId{"zhujianju"});
  EXPECT_EQ(fourth.status.stage, "pending");
}

TEST_F(RecurringDuty, ThatIsClosedEarlyIsFollowedAtOnceAndOnlyOnce) {
  until("2024-01-02T09:00:00+08:00");
  ItemId const second = last();
  complete_and_confirm(second);
  ASSERT_TRUE(item(second).status.closed);
  EXPECT_THAT(titles(), ElementsAre("一季度检查点", "二季度检查点", "三季度检查点"));
  until("2024-06-30T00:00:00+08:00");
  EXPECT_EQ(titles().size(), 3u) << "the second quarter has begun, and was followed already";
  until("2024-07-01T00:00:00+08:00");
  EXPECT_EQ(titles().size(), 4u);
}

TEST_F(RecurringDuty, ThatIsMissedStaysOpenAndRedBesideTheNext) {
  until("2024-05-06T09:00:00+08:00");
  auto const light = [&](ItemId id) {
    return decision::light_of(item(id), january.now(), people.rules.lights, people.rules.calendar).light;
  };
  EXPECT_TRUE(item(duty).status.open());
  EXPECT_EQ(light(duty), decision::Light::Red);
  EXPECT_NE(light(occurrences()[1].id()), decision::Light::Red);
  EXPECT_EQ(light(last()), decision::Light::Green) << "the third quarter has not begun";
}

TEST_F(RecurringDuty, ClimbsALadderForEachPeriod) {
  until("2024-08-01T09:00:00+08:00");
  std::vector<std::string> urged;
  store::NoticeFilter filter;
  filter.recipient = Username{"owner-zhujianju"};
  for (Notice const& notice : store->read()->notices(filter))
    urged.push_back(item(notice.item).definition.title);
  EXPECT_THAT(urged, ElementsAre("二季度检查点", "一季度检查点"));
}

TEST_F(RecurringDuty, GoesOnWhenOnePeriodIsCancelledButNotWhenItsTaskIs) {
  must("leader", duty, "cancel", {{"reason", "本季度已由省级核查代替"}});
  until("2024-04-01T00:00:00+08:00");
  EXPECT_EQ(titles().size(), 3u);
  must("leader", task, "cancel", {{"reason", "任务撤销"}});
  until("2024-12-31T00:00:00+08:00");
  EXPECT_EQ(titles().size(), 3u);
}

TEST_F(RecurringDuty, IsMadeUpInOrderAfterAStandstillEachAtTheInstantItBegan) {
  until("2024-11-01T09:00:00+08:00");
  ASSERT_EQ(titles().size(), 4u);
  auto const created = nlohmann::json::parse(store->read()->history(last()).front().leaf);
  EXPECT_EQ(created["type"], "item.created");
  EXPECT_EQ(created["at"], "2024-07-01T00:00:00.000+08:00");
  EXPECT_EQ(created["recorded_at"], "2024-11-01T09:00:00.000+08:00");
}

TEST_F(RecurringDuty, IsMadeTheSameAfterARestart) {
  until("2024-01-02T09:00:00+08:00");
  reopen();
  begin_in_january();
  until("2024-04-01T00:00:00+08:00");
  EXPECT_EQ(titles().size(), 3u);
  for (Timer const& timer : store->read()->timers_due(at("2024-06-30T00:00:00+08:00"), 100))
    EXPECT_NE(timer.kind, "recurrence");
}

}  // namespace
}  // namespace xiaohao
