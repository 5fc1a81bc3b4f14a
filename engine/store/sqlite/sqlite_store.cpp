#include "engine/store/sqlite/sqlite_store.hpp"

#include <filesystem>

#include "engine/store/sqlite/group_commit.hpp"
#include "engine/store/sqlite/history.hpp"
#include "engine/store/sqlite/lock_file.hpp"
#include "engine/store/sqlite/migrations.hpp"
#include "engine/store/sqlite/new_files.hpp"
#include "engine/store/sqlite/reader_pool.hpp"
#include "engine/store/sqlite/register.hpp"

namespace xiaohao::store {
namespace sqlite {
namespace {

constexpr std::size_t readers_max = 8;
constexpr int first_sealed_schema = 2;

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string const& path, LockFile lock, std::shared_ptr<journal::SigningKey const> key)
      : lock_(std::move(lock)), key_(std::move(key)), writer_(path, key_), readers_(path, readers_max) {}

  void write(Work work, Completion completion) override {
    writer_.write(std::move(work), std::move(completion));
  }
  std::shared_ptr<Reader const> read() override { return readers_.snapshot(); }
  std::shared_ptr<journal::SigningKey const> key() const override { return key_; }
  std::int64_t commits() const override { return writer_.commits(); }
  void on_commit(std::function<void()> listener) override { writer_.on_commit(std::move(listener)); }
  bool healthy() const override { return writer_.healthy(); }

 private:
  LockFile lock_;  // first in, last out
  std::shared_ptr<journal::SigningKey const> key_;
  GroupCommit writer_;
  ReaderPool readers_;
};

tl::unexpected<Refusal> cannot_use(std::string const& path, DatabaseError const& error) {
  return refuse(Reason::Unavailable, "",
                {path + "：数据库已损坏或无法读取；请从备份恢复",
                 path + " is damaged, or no database (" + error.what() + "); restore it from a backup"});
}

tl::unexpected<Refusal> cannot_make(std::string const& path, DatabaseError const& error) {
  return refuse(Reason::Unavailable, "",
                {path + "：无法建立数据库；磁盘可能已满或只读",
                 path + " cannot be made (" + error.what() + "); the disk may be full or read-only"});
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

using Key = std::shared_ptr<journal::SigningKey const>;

Result<Key> known_key(std::string const& path) {
  Result<journal::SigningKey> key = journal::SigningKey::load(path + ".key");
  if (key) return std::make_shared<journal::SigningKey const>(std::move(*key));
  if (key.error().reason == Reason::NotFound) return Key();
  return tl::unexpected(key.error());
}

Result<Key> new_key(std::string const& path, journal::Suite suite) {
  if (Result<Key> known = known_key(path); !known || *known) return known;
  auto const key = std::make_shared<journal::SigningKey const>(journal::SigningKey::generate(suite));
  if (auto saved = key->save(path + ".key"); !saved) return tl::unexpected(saved.error());
  return key;
}

bool journal_names_a_key(Connection& connection) {
  Query query = connection.query("journal_names_a_key");
  return query.next() && query.flag(0);
}

/// What a database of the same name left behind would contradict a new one.
void set_aside(std::string const& path) {
  std::error_code ignored;
  for (char const* ending : {".seal", ".heads"})
    if (exists(path + ending)) std::filesystem::rename(path + ending, path + ending + ".old", ignored);
}

/// Rows that a migration changes are registered as it leaves them; rows that were wrong before stay wrong.
Result<void> migrate_and_seal(Connection& connection, std::string const& path, Key const& key) {
  Result<int> const schema = schema_of(connection, path);
  if (!schema) return tl::unexpected(schema.error());
  // Before anything is written: a seal written now would take the place of the one to compare with.
  bool const sealed = *schema >= first_sealed_schema;
  if (auto own = sealed ? expect_own_history(connection, path, key.get()) : expect_no_history(path); !own)
    return own;
  if (*schema == newest_schema()) return {};
  std::vector<std::string> wrong;
  if (sealed)
    for (RowDifference const& difference :
         compare_with_register(connection, hash_of(SqliteReader(connection).journal_suite())))
      wrong.push_back(difference.name());
  if (auto migrated = migrate(connection, path); !migrated) return migrated;
  Sealing sealing(path, key);
  connection.execute("BEGIN IMMEDIATE");
  sealing.attach(connection);
  sealing.register_all(connection, wrong);
  sealing.before_commit(connection);
  connection.execute("COMMIT");
  sealing.after_commit();
  Sealing::detach(connection);
  return {};
}

Result<std::unique_ptr<Store>> open_locked(std::string const& path, LockFile lock, bool create,
                                           journal::Suite suite) {
  try {
    std::unique_ptr<Connection> const connection = open_writer(path, create);
    Result<Key> key = create ? new_key(path, suite) : known_key(path);
    if (!key) return tl::unexpected(key.error());
    Result<void> const migrated = migrate_and_seal(*connection, path, *key);
    if (!migrated) return tl::unexpected(migrated.error());
    if (!*key && !journal_names_a_key(*connection)) key = new_key(path, suite);
    if (!key) return tl::unexpected(key.error());
    complete_heads(*connection, path);
    return std::make_unique<SqliteStore>(path, std::move(lock), std::move(*key));
  } catch (DatabaseError const& error) {
    if (create) return cannot_make(path, error);
    return cannot_use(path, error);
  }
}

/// A snapshot that keeps the pool it came from.
struct LoneSnapshot {
  explicit LoneSnapshot(std::string const& path) : pool(path, 1) {}
  ReaderPool pool;
  std::shared_ptr<Reader const> reader;
};

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> create_sqlite(std::string const& path, journal::Suite suite) {
  sqlite::NewFiles const made(path);
  Result<sqlite::LockFile> lock = sqlite::LockFile::take(path);
  if (!lock) return tl::unexpected(lock.error());
  if (sqlite::exists(path))
    return refuse(Reason::NotPossible, "",
                  {path + " 已存在；请换一个文件名",
                   path + " exists already; give another name, nothing is overwritten"});
  sqlite::set_aside(path);
  auto store = sqlite::open_locked(path, std::move(*lock), true, suite);
  if (!store) made.remove();  // a full disk must not leave half a database, which the next try would refuse
  return store;
}

Result<std::unique_ptr<Store>> open_sqlite(std::string const& path) {
  if (!sqlite::exists(path)) return sqlite::no_file(path);
  Result<sqlite::LockFile> lock = sqlite::LockFile::take(path);
  if (!lock) return tl::unexpected(lock.error());
  return sqlite::open_locked(path, std::move(*lock), false, journal::Suite::Sha256Ed25519);
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
