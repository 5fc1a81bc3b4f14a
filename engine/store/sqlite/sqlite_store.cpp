#include "engine/store/sqlite/sqlite_store.hpp"

#include <filesystem>

#include "engine/store/sqlite/group_commit.hpp"
#include "engine/store/sqlite/lock_file.hpp"
#include "engine/store/sqlite/migrations.hpp"
#include "engine/store/sqlite/reader_pool.hpp"

namespace xiaohao::store {
namespace sqlite {
namespace {

constexpr std::size_t readers_max = 8;

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string const& path, LockFile lock)
      : lock_(std::move(lock)), writer_(path), readers_(path, readers_max) {}

  void write(Work work, Completion completion) override {
    writer_.write(std::move(work), std::move(completion));
  }
  std::shared_ptr<Reader const> read() override { return readers_.snapshot(); }
  std::int64_t commits() const override { return writer_.commits(); }
  void on_commit(std::function<void()> listener) override { writer_.on_commit(std::move(listener)); }
  bool healthy() const override { return writer_.healthy(); }

 private:
  LockFile lock_;  // first in, last out
  GroupCommit writer_;
  ReaderPool readers_;
};

tl::unexpected<Refusal> cannot_use(std::string const& path, DatabaseError const& error) {
  return refuse(Reason::Unavailable, "",
                {path + "：数据库已损坏或无法读取；请从备份恢复",
                 path + " is damaged, or no database (" + error.what() + "); restore it from a backup"});
}

bool exists(std::string const& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

tl::unexpected<Refusal> no_file(std::string const& path) {
  return refuse(Reason::NotFound, "",
                {"没有数据库 " + path + "；请先运行 xiaohao init",
                 "there is no database " + path + "; make one with `xiaohao init`"});
}

Result<std::unique_ptr<Store>> open_locked(std::string const& path, LockFile lock, bool create) {
  try {
    std::unique_ptr<Connection> const connection = open_writer(path, create);
    Result<void> const migrated = migrate(*connection, path);
    if (!migrated) return tl::unexpected(migrated.error());
  } catch (DatabaseError const& error) {
    return cannot_use(path, error);
  }
  return std::make_unique<SqliteStore>(path, std::move(lock));
}

/// A snapshot that keeps the pool it came from.
struct LoneSnapshot {
  explicit LoneSnapshot(std::string const& path) : pool(path, 1) {}
  ReaderPool pool;
  std::shared_ptr<Reader const> reader;
};

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> create_sqlite(std::string const& path) {
  Result<sqlite::LockFile> lock = sqlite::LockFile::take(path);
  if (!lock) return tl::unexpected(lock.error());
  if (sqlite::exists(path))
    return refuse(Reason::NotPossible, "",
                  {path + " 已存在；请换一个文件名",
                   path + " exists already; give another name, nothing is overwritten"});
  return sqlite::open_locked(path, std::move(*lock), true);
}

Result<std::unique_ptr<Store>> open_sqlite(std::string const& path) {
  if (!sqlite::exists(path)) return sqlite::no_file(path);
  Result<sqlite::LockFile> lock = sqlite::LockFile::take(path);
  if (!lock) return tl::unexpected(lock.error());
  return sqlite::open_locked(path, std::move(*lock), false);
}

Result<std::shared_ptr<Reader const>> read_sqlite(std::string const& path) {
  if (!sqlite::exists(path)) return sqlite::no_file(path);
  try {
    sqlite::Connection connection(path, sqlite::Access::Reader);
    Result<void> const schema = sqlite::expect_newest_schema(connection, path);
    if (!schema) return tl::unexpected(schema.error());
    auto const kept = std::make_shared<sqlite::LoneSnapshot>(path);
    kept->reader = kept->pool.snapshot();
    return std::shared_ptr<Reader const>(kept, kept->reader.get());
  } catch (sqlite::DatabaseError const& error) {
    return sqlite::cannot_use(path, error);
  }
}

}  // namespace xiaohao::store
