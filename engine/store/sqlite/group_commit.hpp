#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/sealing.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::store::sqlite {

/// The one writer: a thread that takes what is waiting, runs each work in a savepoint of its own, and commits
/// them together.
///
/// While one batch is being synced the next one gathers, so the more writers there are, the more of them
/// share an fsync; a lone writer waits for nobody.
class GroupCommit {
 public:
  GroupCommit(std::string path, std::shared_ptr<journal::SigningKey const> key);
  ~GroupCommit();  ///< finishes what is queued

  void write(Work work, Completion completion);
  std::int64_t commits() const { return commits_.load(); }
  bool healthy() const { return healthy_.load(); }
  void on_commit(std::function<void()> listener);

 private:
  struct Job {
    Work work;
    Completion completion;
    Result<void> outcome;
  };

  std::string path_;
  Sealing sealing_;
  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::vector<std::function<void()>> listeners_;
  std::atomic<std::int64_t> commits_{0};
  std::atomic<bool> healthy_{true};
  std::thread thread_;

  void run();
  std::vector<Job> next_batch();
  void commit(std::vector<Job>& batch);
  void run_in_savepoint(Job& job);
  void fail(std::vector<Job>& batch, DatabaseError const& error);
  void reopen();
};

std::unique_ptr<Connection> open_writer(std::string const& path, bool create);

}  // namespace xiaohao::store::sqlite
