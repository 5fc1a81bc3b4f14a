#include "engine/store/sqlite/reader_pool.hpp"

namespace xiaohao::store::sqlite {

std::unique_ptr<Connection> ReaderPool::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty() || opened_ < size_; });
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++opened_;
  }
  try {
    return std::make_unique<Connection>(path_, Access::Reader);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  {
    std::lock_guard const lock(mutex_);
    if (connection)
      idle_.push_back(std::move(connection));
    else
      --opened_;
  }
  returned_.notify_one();
}

std::shared_ptr<Reader const> ReaderPool::snapshot() {
  struct Snapshot final : SqliteReader {
    Snapshot(ReaderPool& from, std::unique_ptr<Connection> owned)
        : SqliteReader(*owned), pool(from), connection(std::move(owned)) {
      connection->query("begin_reading").run();
      connection->query("first_read").next();
    }
    ~Snapshot() override {
      try {
        connection->query("commit").run();
      } catch (DatabaseError const&) {
        connection.reset();  // a connection that cannot even end a read is not given out again
      }
      pool.give_back(std::move(connection));
    }
    ReaderPool& pool;
    std::unique_ptr<Connection> connection;
  };
  return std::make_shared<Snapshot>(*this, take());
}

}  // namespace xiaohao::store::sqlite
