#include <future>
#include <latch>

#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> steps_told(store::Reader const& reader, char const* who) {
  store::NoticeFilter filter;
  filter.recipient = Username{who};
  std::vector<std::string> steps;
  for (Notice const& notice : reader.notices(filter)) steps.insert(steps.begin(), notice.step);
  return steps;
}

std::vector<std::string> types(std::vector<store::JournalLine> const& lines) {
  std::vector<std::string> found;
  for (store::JournalLine const& line : lines) found.push_back(nlohmann::json::parse(line.leaf).at("type"));
  return found;
}

TEST_F(County, TheWholePathOfAShareEndsInCloseOutAndTheRecordSaysWhoDidWhat) {
  close_out("owner-songshizhen", "owner-zhujianju", support);
  EXPECT_TRUE(item(support).status.closed);
  EXPECT_THAT(types(store->read()->history(support)),
              ElementsAre("item.created", "accept", "evidence.attach", "closeout.apply", "closeout.approve",
                          "closeout.verify", testing::StartsWith("xstate.after")));
  EXPECT_EQ(item(support).status.closed_at, at("2024-10-15T09:00:00+08:00"))
      << "at the end of the publicity, not when it was noticed";
}

TEST_F(County, ATaskClosesByItselfWhenItsSharesHaveAndNotBefore) {
  close_out("owner-songshizhen", "owner-zhujianju", support);
  EXPECT_FALSE(item(task).status.closed);
  EXPECT_EQ(item(task).status.shares_closed, 1);
  close_out("owner-zhujianju", "coordinator", lead);
  EXPECT_TRUE(item(task).status.closed);
  EXPECT_EQ(item(task).status.shares, 2);
}

TEST_F(County, AReopenedShareReopensItsTask) {
  close_out("owner-songshizhen", "owner-zhujianju", support);
  close_out("owner-zhujianju", "coordinator", lead);
  must("inspector", support, "reinspect.reopen", {{"reason", "回头看发现一户仍住危房"}});
  EXPECT_FALSE(item(task).status.closed);
  EXPECT_EQ(item(support).status.cycle, 2);
}

TEST_F(County, ProgressOfATaskWeighsALeadTwice) {
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "report", {{"progress", 90}});
  EXPECT_EQ(item(task).status.progress, 0) << "a report alone does not touch the task's row";
  close_out("owner-songshizhen", "owner-zhujianju", support);
  EXPECT_EQ(item(task).status.progress, (2 * 9000 + 10000) / 3);
}

TEST_F(County, AStaleViewChangesNothing) {
  Command const old = command("owner-zhujianju", lead, "accept");
  must("coordinator", lead, "urge", {{"text", "请尽快签收"}});
  auto const refused = engine->submit_and_wait(old);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::Stale);
  EXPECT_EQ(item(lead).status.stage, "issued");
}

TEST_F(County, OfTwoWhoSawTheSameVersionOneWins) {
  constexpr int clerks = 16;
  must("owner-zhujianju", lead, "accept");
  Command const seen = command("owner-zhujianju", lead, "report", {{"progress", 60}});
  std::latch together(clerks);
  std::vector<std::future<bool>> outcomes;
  for (int clerk = 0; clerk < clerks; ++clerk)
    outcomes.push_back(std::async(std::launch::async, [&] {
      together.arrive_and_wait();
      return engine->submit_and_wait(seen).has_value();
    }));
  int won = 0;
  for (auto& outcome : outcomes) won += outcome.get() ? 1 : 0;
  EXPECT_EQ(won, 1);
  EXPECT_EQ(item(lead).status.version, seen.seen.value() + 1);
}

TEST_F(County, TheSameRequestTwiceCountsOnceAlsoAfterARestart) {
  Command request = command("owner-zhujianju", lead, "accept");
  request.idempotency_key = "5f2a";
  auto const first = engine->submit_and_wait(request);
  ASSERT_TRUE(first);
  EXPECT_EQ(engine->submit_and_wait(request), first);
  auto const entries = store->read()->journal_head().size;
  reopen();
  EXPECT_EQ(engine->submit_and_wait(request), first);
  EXPECT_EQ(store->read()->journal_head().size, entries);
  request.type = "cancel";
  EXPECT_EQ(engine->submit_and_wait(request).error().reason, Reason::GuardFailed);
}

TEST_F(County, CancellingATaskCancelsItsOpenShares) {
  must("leader", task, "cancel", {{"reason", "并入其他任务"}});
  EXPECT_TRUE(item(lead).status.cancelled);
  EXPECT_TRUE(item(support).status.cancelled);
  EXPECT_TRUE(store->read()->timers_of(lead).empty()) << "nobody is urged about what has ended";
}

TEST_F(County, WhatIsLateIsUrgedOnceAtItsHour) {
  clock.advance_to(at("2024-11-01T08:36:59+08:00"));
  ASSERT_TRUE(engine->advance(clock.now()));
  EXPECT_TRUE(steps_told(*store->read(), "owner-zhujianju").empty());
  clock.advance_to(at("2024-11-20T00:00:00+08:00"));  // noticed late
  EXPECT_EQ(engine->advance(clock.now()).value(), 2);
  EXPECT_THAT(steps_told(*store->read(), "owner-zhujianju"), ElementsAre("urge"));
  EXPECT_EQ(store->read()->notices({}).front().decided_at, at("2024-11-01T08:37:00+08:00"));
  EXPECT_EQ(engine->advance(clock.now()).value(), 0);
  reopen();
  EXPECT_EQ(engine->advance(clock.now()).value(), 0);
  EXPECT_THAT(steps_told(*store->read(), "owner-zhujianju"), ElementsAre("urge"));
}

TEST_F(County, FromTheApplicationOnTheLadderStandsStillAndAReturnBringsItBack) {
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}});
  EXPECT_TRUE(store->read()->timers_of(lead).empty());
  must("coordinator", lead, "closeout.return", {{"reason", "缺验收表"}});
  EXPECT_THAT(store->read()->timers_of(lead), SizeIs(1));
}

TEST_F(County, AnExtensionMovesTheLadderWhenItIsGrantedAndNotBefore) {
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "extension.request",
       {{"due", "2024-11-29"}, {"reason", "连续降雨，工期延误"}});
  EXPECT_EQ(store->read()->timers_of(lead).front().due, at("2024-11-01T08:37:00+08:00"));
  must("coordinator", lead, "extension.grant");
  EXPECT_EQ(store->read()->timers_of(lead).front().due, at("2024-11-30T08:37:00+08:00"));
  EXPECT_EQ(item(lead).definition.schedule.due, parse_date("2024-10-31").value())
      << "the first promise stays visible";
}

TEST_F(County, ALateClockLetsNobodyActInAStateThatHasEnded) {
  must("owner-songshizhen", support, "accept");
  attach("owner-songshizhen", support);
  must("owner-songshizhen", support, "closeout.apply", {{"summary", "完成"}});
  must("owner-zhujianju", support, "closeout.approve");
  must("inspector", support, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});  // the publicity has ended, and no timer has run
  auto const refused = send("coordinator", support, "closeout.object", {{"reason", "太晚"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::Stale) << "the item closed a day ago, whoever has noticed";
}

TEST_F(County, AClockSetBackDoesNotTurnTheOrderOfEvents) {
  must("owner-zhujianju", lead, "accept");
  close();
  store = store::open_sqlite(folder.file("county.db")).value();
  VirtualClock earlier(at("2024-09-01T00:00:00+08:00"));
  Engine const again(*store, earlier, people.rules);
  EXPECT_EQ(again.now(), at("2024-10-08T09:00:00+08:00"));
}

TEST_F(County, AnAccountMadeTodayDoesNotEndThePlayOfALastYearsPlan) {
  must("owner-zhujianju", lead, "accept");
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Instant const today = at("2026-11-25T10:00:00+08:00");
    transaction.append({0,
                        today,
                        today,
                        Actor::person(Username{"cli:root"}),
                        std::nullopt,
                        "account.created",
                        {{"username", "auditor"}},
                        nlohmann::json::object()});
    return {};
  }));
  reopen();
  EXPECT_EQ(engine->now(), at("2024-10-08T09:00:00+08:00"));
}

TEST_F(County, ARefusedCommandLeavesNoTrace) {
  auto const before = store->read()->journal_head();
  EXPECT_EQ(send("owner-songshizhen", lead, "accept").error().reason, Reason::Forbidden);
  EXPECT_EQ(send("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}}).error().reason,
            Reason::NotPossible);
  Command unknown = command("owner-zhujianju", lead, "accept");
  unknown.item = ItemId{99};
  EXPECT_EQ(engine->submit_and_wait(unknown).error().reason, Reason::NotFound);
  EXPECT_EQ(store->read()->journal_head(), before);
}

}  // namespace
}  // namespace xiaohao
