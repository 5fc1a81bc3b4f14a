#include "engine/store/sqlite/migrations.hpp"

#include <algorithm>
#include <charconv>

#include "sqlite_files.embedded.hpp"

namespace xiaohao::store::sqlite {
namespace {

constexpr std::int64_t application_id = 0x5869616f;  // "Xiao": what makes a file one of ours
constexpr std::string_view folder = "migrations/";

struct Migration {
  int number;
  std::string sql;
};

std::vector<Migration> const& migrations() {
  static std::vector<Migration> const all = [] {
    std::vector<Migration> found;
    for (embedded::EmbeddedFile const& file : embedded::sqlite_files()) {
      if (!file.path.starts_with(folder)) continue;
      int number = 0;
      std::from_chars(file.path.data() + folder.size(), file.path.data() + file.path.size(), number);
      found.push_back({number, std::string(file.bytes)});
    }
    std::sort(found.begin(), found.end(),
              [](Migration const& a, Migration const& b) { return a.number < b.number; });
    return found;
  }();
  return all;
}

}  // namespace

Result<int> schema_of(Connection& connection, std::string const& path) {
  auto const schema = static_cast<int>(connection.pragma("PRAGMA user_version"));
  bool const empty = connection.pragma("SELECT count(*) FROM sqlite_schema") == 0;
  if (!empty && connection.pragma("PRAGMA application_id") != application_id)
    return refuse(Reason::Unavailable, "",
                  {path + " 不是销号台的数据库",
                   path + " is a database, but not one of xiaohao; give the file that `xiaohao init` made"});
  if (schema > newest_schema()) {
    std::string const versions = std::to_string(schema) + " > " + std::to_string(newest_schema());
    return refuse(Reason::Unavailable, "",
                  {path + " 由更新版本的销号台写成（" + versions + "）；请升级程序",
                   path + " was written by a newer xiaohao (schema " + versions + "); use that version"});
  }
  return schema;
}

int newest_schema() { return migrations().back().number; }

Result<void> migrate(Connection& connection, std::string const& path) {
  Result<int> const schema = schema_of(connection, path);
  if (!schema) return tl::unexpected(schema.error());
  for (Migration const& migration : migrations()) {
    if (migration.number <= *schema) continue;
    std::string const stamp = "PRAGMA application_id = " + std::to_string(application_id) +
                              "; PRAGMA user_version = " + std::to_string(migration.number) + ";";
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(migration.sql.c_str());
      connection.execute(stamp.c_str());
      connection.execute("COMMIT");
    } catch (DatabaseError const&) {
      if (!sqlite3_get_autocommit(connection.handle())) connection.execute("ROLLBACK");
      throw;
    }
  }
  return {};
}

Result<void> expect_newest_schema(Connection& connection, std::string const& path) {
  Result<int> const schema = schema_of(connection, path);
  if (!schema) return tl::unexpected(schema.error());
  if (*schema < newest_schema())
    return refuse(Reason::Unavailable, "",
                  {path + " 的结构较旧；请先运行 xiaohao migrate",
                   path + " has an older schema; run `xiaohao migrate` or start the server first"});
  return {};
}

}  // namespace xiaohao::store::sqlite
