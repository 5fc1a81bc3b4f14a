#include "tests/unit/decision/close_out.hpp"

namespace xiaohao::decision {
namespace {

using testing::HasSubstr;

class Return : public testing::TestWithParam<char const*> {};

TEST_P(Return, CountsAndLetsTheUnitsClockRunAgain) {
  SmallCounty county;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead, GetParam());
  EXPECT_TRUE(share.status.applied_at.has_value());
  EXPECT_THAT(county.send(share, "coordinator", "closeout.return"), RefusedAs(Reason::Malformed));
  county.must(share, "coordinator", "closeout.return", {{"reason", "缺验收单"}});
  EXPECT_EQ(share.status.returns, 1);
  EXPECT_FALSE(share.status.applied_at.has_value());
  EXPECT_EQ(share.status.stage, "in_progress");
}

TEST_P(Return, MaySetADayOfItsOwnThatIsNotPastAndEndsWithTheNextApplication) {
  SmallCounty county;
  for (auto const& [reviewer, event] :
       {std::pair("coordinator", "closeout.return"), std::pair("inspector", "closeout.reject")}) {
    WorkItem share = applied(county, "zhujianju", UnitRole::Lead, GetParam());
    if (std::string_view(reviewer) == "inspector") county.must(share, "coordinator", "closeout.approve");
    EXPECT_THAT(county.send(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-07"}}),
                RefusedAs(Reason::GuardFailed));
    Decision const returned =
        county.send(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-08"}}).value();
    EXPECT_EQ(returned.status.redo_by, parse_date("2024-10-08").value());
    EXPECT_EQ(returned.status.due, share.status.due);
    ASSERT_EQ(returned.delays.size(), 1U);
    EXPECT_EQ(to_string(returned.delays[0].due), "2024-10-09T00:00:00.000+08:00");
    EXPECT_THAT(returned.consequences.occasions[0].text, HasSubstr("2024-10-08"));
    county.must(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-08"}});
    county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "补齐"}});
    EXPECT_EQ(share.status.redo_by, std::nullopt);
  }
}

/// Shares and findings are reviewed by the same rules, which stand in each lifecycle.
INSTANTIATE_TEST_SUITE_P(OfEachLifecycle, Return, testing::Values("assignment/2", "finding/1"),
                         [](auto const& named) {
                           std::string const lifecycle = named.param;
                           return lifecycle.substr(0, lifecycle.find('/'));
                         });

TEST(MilestoneReturn, SetsNoDayThatIsPast) {
  SmallCounty county;
  WorkItem milestone = county.share("zhujianju", UnitRole::Lead, "milestone/2");
  county.must(milestone, "owner-zhujianju", "evidence.attach", photo);
  county.must(milestone, "owner-zhujianju", "complete", {{"summary", "完成"}});
  EXPECT_THAT(county.send(milestone, "coordinator", "return", {{"reason", "缺"}, {"redo_by", "2024-10-07"}}),
              RefusedAs(Reason::GuardFailed));
  county.must(milestone, "coordinator", "return", {{"reason", "缺"}, {"redo_by", "2024-10-08"}});
  EXPECT_EQ(milestone.status.redo_by, parse_date("2024-10-08").value());
}

TEST(Disowning, IsDecidedByTheCoordinatorAndHandsTheShareOn) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown"), RefusedAs(Reason::Malformed));
  county.must(share, "owner-zhujianju", "disown", {{"reason", "职能已划转"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown.refuse", {{"reason", "x"}}),
              RefusedAs(Reason::Forbidden));
  EXPECT_THAT(county.send(share, "coordinator", "disown.accept", {{"reason", "属实"}}),
              RefusedAs(Reason::Malformed));
  Decision const handed =
      county.send(share, "coordinator", "disown.accept", {{"reason", "属实"}, {"unit", "songshizhen"}})
          .value();
  EXPECT_TRUE(handed.status.cancelled);
  EXPECT_EQ(handed.consequences.handed_to, UnitId{"songshizhen"});
  EXPECT_TRUE(handed.consequences.tell_parent);
  county.must(share, "coordinator", "disown.refuse", {{"reason", "职能没有变"}});
  EXPECT_EQ(share.status.stage, "issued");
  county.must(share, "owner-zhujianju", "accept");
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown", {{"reason", "晚了"}}),
              RefusedAs(Reason::NotPossible));
}

}  // namespace
}  // namespace xiaohao::decision
