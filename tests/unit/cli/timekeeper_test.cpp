#include "cli/timekeeper.hpp"

#include <future>
#include <gmock/gmock.h>
#include <set>

namespace xiaohao::cli {
namespace {

using namespace std::chrono_literals;

Instant at(char const* text) { return parse_instant(text).value(); }

/// Something to do at each of some instants; remembers when it was done.
class Errands {
 public:
  explicit Errands(std::set<Instant> due) : due_(std::move(due)) {}
  Duty duty() {
    return {"errands",
            [this](Instant now) {
              std::lock_guard const lock(mutex_);
              while (!due_.empty() && *due_.begin() <= now) {
                due_.erase(due_.begin());
                done.push_back(now);
              }
            },
            [this]() -> std::optional<Instant> {
              std::lock_guard const lock(mutex_);
              return due_.empty() ? std::nullopt : std::optional(*due_.begin());
            }};
  }
  void add(Instant due) {
    std::lock_guard const lock(mutex_);
    due_.insert(due);
  }
  std::vector<Instant> done;

 private:
  std::mutex mutex_;
  std::set<Instant> due_;
};

TEST(Timekeeper, StopsAtEveryInstantOnTheWay) {
  VirtualClock clock(at("2024-01-02T08:00:00+08:00"));
  Errands errands(
      {at("2024-02-20T08:37:00+08:00"), at("2024-03-01T08:37:00+08:00"), at("2024-04-01T08:37:00+08:00")});
  Timekeeper keeper(clock, &clock, {errands.duty()});
  keeper.advance(at("2024-03-15T00:00:00+08:00"));
  EXPECT_THAT(errands.done,
              testing::ElementsAre(at("2024-02-20T08:37:00+08:00"), at("2024-03-01T08:37:00+08:00")));
  EXPECT_EQ(clock.now(), at("2024-03-15T00:00:00+08:00"));
  EXPECT_EQ(keeper.last_run(), clock.now());
}

TEST(Timekeeper, AnInstantThatARunBringsUpIsNotPassedOver) {
  VirtualClock clock(at("2024-01-02T08:00:00+08:00"));
  Errands later({});
  Errands first({at("2024-02-20T08:37:00+08:00")});
  Duty setting = first.duty();
  setting.run = [&, run = setting.run](Instant now) {
    std::size_t const before = first.done.size();
    run(now);
    if (first.done.size() > before) later.add(now + 1h);
  };
  Timekeeper keeper(clock, &clock, {setting, later.duty()});
  keeper.advance(at("2024-03-15T00:00:00+08:00"));
  EXPECT_THAT(later.done, testing::ElementsAre(at("2024-02-20T09:37:00+08:00")));
}

TEST(Timekeeper, WhatCannotBeDoneDoesNotHoldUpAWalk) {
  VirtualClock clock(at("2024-01-02T08:00:00+08:00"));
  int tries = 0;
  Duty const stuck{"stuck", [&](Instant) { ++tries; },
                   [&] { return std::optional(at("2024-01-01T00:00:00Z")); }};
  Timekeeper keeper(clock, &clock, {stuck});
  keeper.advance(at("2024-01-03T08:00:00+08:00"));
  EXPECT_EQ(tries, 2);
}

TEST(Timekeeper, WakesForWhatACommitBrings) {
  VirtualClock clock(at("2024-01-02T08:00:00+08:00"));
  Errands errands({});
  std::promise<void> done;
  Duty duty = errands.duty();
  duty.run = [&, run = duty.run](Instant now) {
    run(now);
    if (errands.done.size() == 1) done.set_value();
  };
  Timekeeper keeper(clock, &clock, {duty});
  keeper.start();
  errands.add(at("2024-01-02T07:59:00+08:00"));
  keeper.committed();
  EXPECT_EQ(done.get_future().wait_for(10s), std::future_status::ready);
  keeper.stop();
}

TEST(Timekeeper, FollowsTheMachinesClock) {
  SystemClock clock;
  Errands errands({clock.now() + 50ms});
  std::promise<void> done;
  Duty duty = errands.duty();
  duty.run = [&, run = duty.run](Instant now) {
    run(now);
    if (errands.done.size() == 1) done.set_value(), errands.done.clear();
  };
  Timekeeper keeper(clock, nullptr, {duty});
  keeper.start();
  EXPECT_EQ(done.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace xiaohao::cli
