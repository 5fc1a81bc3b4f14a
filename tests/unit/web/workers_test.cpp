#include "web/workers.hpp"

#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <stdexcept>

#include "web/http/event_feed.hpp"

namespace xiaohao::web {
namespace {

TEST(Workers, RefuseMoreThanMayWait) {
  std::promise<void> release;
  std::promise<void> begun;
  std::atomic<int> done{0};
  {
    Workers workers(1, 2);
    ASSERT_TRUE(workers.run([&] {
      begun.set_value();
      release.get_future().wait();
      ++done;
    }));
    begun.get_future().wait();
    EXPECT_TRUE(workers.run([&] { ++done; }));
    EXPECT_TRUE(workers.run([&] { ++done; }));
    EXPECT_FALSE(workers.run([&] { ++done; }));
    release.set_value();
  }
  EXPECT_EQ(done, 3) << "what waits is finished before the end";
}

TEST(Workers, GoOnAfterAPieceThatThrows) {
  std::atomic<int> done{0};
  {
    Workers workers(1, 10);
    ASSERT_TRUE(workers.run([] { throw std::runtime_error("a bug, on purpose"); }));
    ASSERT_TRUE(workers.run([&] { ++done; }));
  }
  EXPECT_EQ(done, 1);
}

TEST(EventFeed, CutsOffAReaderWhoIsTooSlow) {
  EventFeed feed([] { return true; }, 10);
  feed.push("12345678");
  EXPECT_FALSE(feed.closed());
  feed.push("901");
  EXPECT_TRUE(feed.closed());
  EXPECT_EQ(feed.take(), "12345678");
}

}  // namespace
}  // namespace xiaohao::web
