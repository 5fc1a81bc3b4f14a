#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/store/small_store.hpp"

namespace xiaohao::store {
namespace {

/// What the child acknowledges goes through a pipe; then it is killed in the middle of its next writes.
TEST(Durability, WhatWasAcknowledgedSurvivesKillMinusNine) {
  TemporaryFolder const folder;
  std::string const path = folder.file("county.db");
  ASSERT_TRUE(create_sqlite(path));
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 5; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    pid_t const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto const store = open_sqlite(path).value();
      for (;;)
        if (store->write_and_wait([](Transaction& t) -> Result<void> {
              t.append(entry("report"));
              return {};
            }))
          (void)!::write(pipe_ends[1], "x", 1);
    }
    ::close(pipe_ends[1]);
    char buffer[64];
    std::int64_t heard = 0;
    for (ssize_t got; heard < 20 && (got = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;) heard += got;
    ::kill(child, SIGKILL);
    for (ssize_t got; (got = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;) heard += got;
    ::close(pipe_ends[0]);
    ::waitpid(child, nullptr, 0);
    acknowledged += heard;
    auto const reopened = open_sqlite(path);
    ASSERT_TRUE(reopened);
    auto const reader = (*reopened)->read();
    std::int64_t const size = reader->journal_head().size;
    EXPECT_GE(size, acknowledged);
    EXPECT_LE(size, acknowledged + 1);  // at most the one that was under way
    acknowledged = size;
  }
}

/// A process may write no file beyond a size: what a full disk looks like to SQLite, without needing one.
TEST(Durability, AFullDiskIsRefusedAndChangesNothing) {
  TemporaryFolder const folder;
  auto const store = create_sqlite(folder.file("county.db")).value();
  ASSERT_TRUE(store->write_and_wait([](Transaction& t) -> Result<void> {
    t.append(entry("before"));
    return {};
  }));
  rlimit unlimited{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  auto const ignored = ::signal(SIGXFSZ, SIG_IGN);
  rlimit const full{512 << 10, unlimited.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  Result<void> const outcome = store->write_and_wait([](Transaction& t) -> Result<void> {
    JournalEntry large = entry("too much");
    large.payload["text"] = std::string(4 << 20, 'x');
    t.append(large);
    return {};
  });
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &unlimited), 0);
  ::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().reason, Reason::StorageFull);
  EXPECT_FALSE(store->healthy());
  EXPECT_EQ(store->read()->journal_head().size, 1);
  EXPECT_TRUE(store->write_and_wait([](Transaction& t) -> Result<void> {
    t.append(entry("after"));
    return {};
  }));
  EXPECT_TRUE(store->healthy());
  EXPECT_EQ(store->read()->journal_head().size, 2);
}

}  // namespace
}  // namespace xiaohao::store
