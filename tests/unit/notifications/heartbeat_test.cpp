// A heart that beats only while everything due is done. The real server's is in
// tests/integration/server/heartbeat.test.mjs.

#include "notifications/heartbeat.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "tests/unit/store/small_store.hpp"

namespace xiaohao::notifications {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// A machine whose clock can be set back.
class SetClock final : public Clock {
 public:
  Instant time = store::at("2024-03-01T08:00:00+08:00");
  Instant now() const override { return time; }
};

class HeartbeatTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  SetClock clock;
  Heartbeat heartbeat{{folder.file("heartbeat"), std::nullopt, 60s}, clock};

  std::string text() const {
    std::ifstream file(folder.file("heartbeat"));
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
};

TEST_F(HeartbeatTest, SaysWhenItBeatAndUntilWhenAllIsDone) {
  EXPECT_FALSE(heartbeat.next_beat()) << "nothing is promised before everything due was done once";
  heartbeat.beat(store::at("2024-03-01T07:59:59+08:00"));
  EXPECT_EQ(text(),
            "{\"done_until\":\"2024-03-01T07:59:59.000+08:00\",\"every_seconds\":60,"
            "\"time\":\"2024-03-01T08:00:00.000+08:00\"}\n");
  EXPECT_EQ(heartbeat.next_beat(), clock.time + 60s);
  EXPECT_FALSE(std::filesystem::exists(folder.file("heartbeat.new")));
}

TEST_F(HeartbeatTest, IsNotWrittenForEachOfAThousandCommitsInASecond) {
  heartbeat.beat(clock.time);
  std::string const first = text();
  clock.time += 999ms;
  heartbeat.beat(clock.time);
  EXPECT_EQ(text(), first);
  clock.time += 1ms;
  heartbeat.beat(clock.time);
  EXPECT_NE(text(), first);
}

TEST_F(HeartbeatTest, GoesOnWhenTheClockIsSetBack) {
  heartbeat.beat(clock.time);
  clock.time -= 1h;
  EXPECT_EQ(heartbeat.next_beat(), clock.time + 60s) << "not an hour later";
  heartbeat.beat(clock.time);
  EXPECT_THAT(text(), HasSubstr("07:00:00"));
}

TEST_F(HeartbeatTest, OfADemonstrationFollowsItsOwnClockToo) {
  heartbeat.beat(store::at("2024-01-02T08:30:00+08:00"));
  heartbeat.beat(store::at("2024-02-02T08:30:00+08:00"));
  EXPECT_THAT(text(), HasSubstr("2024-02-02T08:30"));
}

TEST_F(HeartbeatTest, ThatCannotBeWrittenIsFoundOutAtTheStartAndHarmsNothingLater) {
  EXPECT_TRUE(heartbeat.check());
  EXPECT_FALSE(std::filesystem::exists(folder.file("heartbeat"))) << "which would be a beat before the first";
  Heartbeat nowhere({folder.file("no/folder/heartbeat"), std::nullopt, 60s}, clock);
  ASSERT_FALSE(nowhere.check());
  EXPECT_THAT(nowhere.check().error().first().detail.en, HasSubstr("cannot be written"));
  nowhere.beat(clock.time);
  EXPECT_FALSE(heartbeat.next_tell()) << "there is no URL";
}

}  // namespace
}  // namespace xiaohao::notifications
