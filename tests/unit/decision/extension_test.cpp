#include "tests/unit/decision/close_out.hpp"

namespace xiaohao::decision {
namespace {

using nlohmann::json;

class Extension : public testing::TestWithParam<char const*> {};

TEST_P(Extension, IsAskedForInTimeAndCountsOnceItIsGranted) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
  county.must(share, "owner-zhujianju", "accept");
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2024-10-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2025-01-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}});
  EXPECT_EQ(to_string(*share.status.due), "2024-10-31");
  county.must(share, "coordinator", "extension.grant");
  EXPECT_EQ(to_string(*share.status.due), "2024-11-30");
  EXPECT_EQ(to_string(*share.definition.schedule.due), "2024-10-31");
}

TEST_P(Extension, BeyondTheCoordinatorsDaysIsTheLeadershipGroupsToGrant) {
  SmallCounty county;
  county.rules.settings.extension_days_coordinator = 10;
  for (auto const& [due, may] : {std::pair("2024-11-10", true), std::pair("2024-11-11", false)}) {
    WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
    county.must(share, "owner-zhujianju", "extension.request", {{"due", due}, {"reason", "雨"}});
    EXPECT_EQ(county.send(share, "coordinator", "extension.grant").has_value(), may) << due;
    EXPECT_TRUE(county.send(share, "leader", "extension.grant")) << due;
  }
  // Two short ones add up: what counts is the original date.
  WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-08"}, {"reason", "雨"}});
  county.must(share, "coordinator", "extension.grant");
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-16"}, {"reason", "雨"}});
  EXPECT_THAT(county.send(share, "coordinator", "extension.grant"), RefusedAs(Reason::Forbidden));
}

TEST_P(Extension, IsNotGrantedByTheOneWhoAskedAlsoWhenTheItemWasReopenedMeanwhile) {
  SmallCounty county;
  county.organisation.participants.at(Username{"owner-zhujianju"}).roles.push_back(Role::Coordinator);
  WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
  county.must(share, "owner-zhujianju", "accept");
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.grant"), RefusedAs(Reason::Forbidden));
  county.must(share, "owner-zhujianju", "evidence.attach", photo);
  county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "完成"}});
  county.must(share, "coordinator", "closeout.approve");
  county.must(share, "inspector", "closeout.verify");
  share.status = after_publicity(county, share);
  county.must(share, "inspector", "reinspect.reopen", {{"reason", "反弹"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.grant"), RefusedAs(Reason::Forbidden));
  EXPECT_TRUE(county.send(share, "coordinator", "extension.grant"));
}

TEST_P(Extension, IsGivenOnlySoOftenAndNotOnceTheItemIsAppliedFor) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
  county.must(share, "owner-zhujianju", "accept");
  auto const more = [&](int weeks) {
    return json{{"due", to_string(add_days(*share.definition.schedule.due, 7 * weeks))}, {"reason", "雨"}};
  };
  WorkItem const before = share;
  for (int n = 1; n <= county.rules.settings.extensions_max; ++n) {
    county.must(share, "owner-zhujianju", "extension.request", more(n));
    county.must(share, "coordinator", "extension.grant");
  }
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.request", more(8)),
              RefusedAs(Reason::GuardFailed));
  WorkItem waiting = before;
  county.must(waiting, "owner-zhujianju", "evidence.attach", photo);
  county.must(waiting, "owner-zhujianju", "closeout.apply", {{"summary", "完成"}});
  EXPECT_THAT(county.send(waiting, "owner-zhujianju", "extension.request", more(1)),
              RefusedAs(Reason::GuardFailed));
}

TEST_P(Extension, AfterTheDueDateIsRefused) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead, GetParam());
  county.must(share, "owner-zhujianju", "accept");
  county.now = parse_instant("2024-11-01T00:00:00+08:00").value();
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
}

/// Shares and findings are reviewed by the same rules, which stand in each lifecycle.
INSTANTIATE_TEST_SUITE_P(OfEachLifecycle, Extension, testing::Values("assignment/2", "finding/1"),
                         [](auto const& named) {
                           std::string const lifecycle = named.param;
                           return lifecycle.substr(0, lifecycle.find('/'));
                         });

}  // namespace
}  // namespace xiaohao::decision
