#include "engine/store/sqlite/group_commit.hpp"

#include <algorithm>

#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::store::sqlite {
namespace {

/// Enough to share an fsync among all who wait; few enough that the first of them does not wait long for the
/// last.
constexpr std::size_t works_per_commit = 256;

tl::unexpected<Refusal> refusal_of(DatabaseError const& error) {
  if (error.disk())
    return refuse(Reason::StorageFull, "",
                  {"磁盘已满或出错，未作任何改动", "the disk is full or failing; nothing was changed"});
  return refuse(Reason::Unavailable, "",
                {"数据库暂时不可用，未作任何改动",
                 std::string("the database cannot be used now (") + error.what() + "); nothing was changed"});
}

}  // namespace

std::unique_ptr<Connection> open_writer(std::string const& path, bool create) {
  auto connection = std::make_unique<Connection>(path, Access::Writer, create);
  // What is erased is overwritten too, not only forgotten by the tables.
  connection->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
  return connection;
}

GroupCommit::GroupCommit(std::string path, std::shared_ptr<journal::SigningKey const> key)
    : path_(std::move(path)), sealing_(path_, std::move(key)) {
  reopen();
  thread_ = std::thread([this] { run(); });
}

GroupCommit::~GroupCommit() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  thread_.join();
}

void GroupCommit::on_commit(std::function<void()> listener) {
  std::lock_guard const lock(mutex_);
  listeners_.push_back(std::move(listener));
}

void GroupCommit::write(Work work, Completion completion) {
  {
    std::lock_guard const lock(mutex_);
    if (!stopping_) {
      queue_.push_back({std::move(work), std::move(completion), {}});
      queued_.notify_one();
      return;
    }
  }
  completion(refuse(Reason::Unavailable, "", {"服务正在停止", "the server is stopping"}));
}

void GroupCommit::run() {
  for (;;) {
    std::vector<Job> batch = next_batch();
    if (batch.empty()) return;
    try {
      if (!connection_) reopen();
      commit(batch);
    } catch (DatabaseError const& error) {
      fail(batch, error);
    }
    for (Job& job : batch) job.completion(std::move(job.outcome));
  }
}

std::vector<GroupCommit::Job> GroupCommit::next_batch() {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  std::vector<Job> batch;
  while (!queue_.empty() && batch.size() < works_per_commit) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void GroupCommit::commit(std::vector<Job>& batch) {
  int const before = sqlite3_total_changes(connection_->handle());
  connection_->query("begin").run();
  for (Job& job : batch) run_in_savepoint(job);
  if (sqlite3_total_changes(connection_->handle()) != before) sealing_.before_commit(*connection_);
  connection_->query("commit").run();
  sealing_.after_commit();
  healthy_ = true;
  if (sqlite3_total_changes(connection_->handle()) == before) return;
  ++commits_;
  std::vector<std::function<void()>> listeners;
  {
    std::lock_guard const lock(mutex_);
    listeners = listeners_;
  }
  for (auto const& listener : listeners) listener();
}

void GroupCommit::run_in_savepoint(Job& job) {
  connection_->query("savepoint").run();
  std::size_t const mark = sealing_.mark();
  SqliteTransaction transaction(*connection_, sealing_);
  try {
    job.outcome = job.work(transaction);
  } catch (DatabaseError const& error) {
    job.outcome = refusal_of(error);
    // Some errors have ended the whole transaction; then its neighbours are lost with it.
    if (sqlite3_get_autocommit(connection_->handle()) || error.disk()) throw;
  } catch (std::exception const& error) {
    job.outcome = refuse(
        Reason::Unavailable, "",
        {"内部错误，未作任何改动", std::string("internal error: ") + error.what() + "; nothing was changed"});
  }
  if (!job.outcome) {
    connection_->query("roll_back_to_savepoint").run();
    sealing_.forget(mark);
    if (transaction.has_inserted_items()) connection_->definitions().forget_all();
  }
  connection_->query("release_savepoint").run();
}

void GroupCommit::fail(std::vector<Job>& batch, DatabaseError const& error) {
  healthy_ = false;
  for (Job& job : batch)
    if (job.outcome) job.outcome = refusal_of(error);
  // A failed fsync must not be tried again: what the kernel dropped would look synced. The next batch begins
  // with a new connection.
  connection_.reset();
  sealing_.after_rollback();
}

void GroupCommit::reopen() {
  connection_ = open_writer(path_, false);
  sealing_.attach(*connection_);
}

}  // namespace xiaohao::store::sqlite
