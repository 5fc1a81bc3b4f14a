#include "tests/unit/audit/alterations.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>

namespace xiaohao::audit {
namespace {

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Handle open(std::string const& path, int flags) {
  sqlite3* handle = nullptr;
  sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  return Handle(handle);
}

Statement prepare(sqlite3* handle, std::string const& sql) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
  return Statement(statement);
}

std::vector<std::vector<std::string>> rows(sqlite3* handle, std::string const& sql) {
  std::vector<std::vector<std::string>> all;
  Statement const statement = prepare(handle, sql);
  while (statement && sqlite3_step(statement.get()) == SQLITE_ROW) {
    std::vector<std::string> row;
    for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
      auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement.get(), column));
      row.emplace_back(text ? text : "");
    }
    all.push_back(std::move(row));
  }
  return all;
}

Alteration by_sql(std::string name, std::string table, std::string sql) {
  return {std::move(name), std::move(table),
          [sql = std::move(sql)](std::string const& path) { execute(path, sql); }};
}

/// Conditions that pick one row each, by its primary key as SQL literals.
std::vector<std::string> conditions(sqlite3* handle, std::string const& table,
                                    std::vector<std::vector<std::string>> const& columns, int rows_max) {
  std::string key;
  for (auto const& column : columns)
    if (column[5] != "0")
      key += (key.empty() ? "'" : " || ' AND ") + column[1] + " = ' || quote(" + column[1] + ")";
  auto found = rows(handle, "SELECT " + key + " FROM " + table);
  std::vector<std::string> picked;
  std::size_t const step = std::max<std::size_t>(1, found.size() / static_cast<std::size_t>(rows_max));
  for (std::size_t at = 0; at < found.size(); at += step) picked.push_back(found[at][0]);
  return picked;
}

std::string changed_value(std::vector<std::string> const& column) {
  std::string const& name = column[1];
  if (column[2] == "INTEGER") return "coalesce(" + name + ", 0) + 1";
  if (column[2] == "BLOB") return "CAST(substr(coalesce(" + name + ", x'00'), 2) || x'5a' AS BLOB)";
  return "coalesce(" + name + ", '') || 'x'";
}

void flip(std::string const& path, std::uint64_t where, unsigned char with) {
  std::error_code ignored;
  std::uintmax_t const size = std::filesystem::file_size(path, ignored);
  if (ignored || size == 0) return;
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(where % size));
  char byte = 0;
  file.get(byte);
  file.seekp(static_cast<std::streamoff>(where % size));
  file.put(static_cast<char>(byte ^ with));
}

std::vector<Alteration> of_files() {
  std::vector<Alteration> all;
  for (char const* ending : {".seal", ".heads", ".key", ".key.pub"})
    for (std::uint64_t where : {30u, 90u, 150u})
      all.push_back({std::string("flip a bit of DB") + ending, "",
                     [=](std::string const& path) { flip(path + ending, where, 1); }});
  all.push_back({"evidence deleted", "", [](std::string const& path) {
                   for (auto const& file : std::filesystem::recursive_directory_iterator(path + ".evidence"))
                     if (file.is_regular_file()) return (void)std::filesystem::remove(file.path());
                 }});
  all.push_back({"evidence altered", "", [](std::string const& path) {
                   for (auto const& file : std::filesystem::recursive_directory_iterator(path + ".evidence"))
                     if (file.is_regular_file()) return flip(file.path().string(), 3, 1);
                 }});
  return all;
}

}  // namespace

void execute(std::string const& path, std::string const& sql) {
  Handle const handle = open(path, SQLITE_OPEN_READWRITE);
  std::string const all = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; " + sql;
  (void)sqlite3_exec(handle.get(), all.c_str(), nullptr, nullptr,
                     nullptr);  // refused by the database: nothing altered
}

std::string contents_of(std::string const& path) {
  Handle const handle = open(path, SQLITE_OPEN_READONLY);
  std::string text;
  for (auto const& table :
       rows(handle.get(), "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")) {
    text += table[0] + " " + table[1] + " " + table[2] + "\n";
    if (table[0] != "table") continue;
    std::string columns;
    for (auto const& column : rows(handle.get(), "PRAGMA table_info(" + table[1] + ")"))
      if (table[1] != "session" || column[1] != "last_seen_at")
        columns += (columns.empty() ? "quote(" : " || '|' || quote(") + column[1] + ")";
    std::string const where = table[1] == "count" ? " WHERE items <> 0 OR progress <> 0" : "";
    for (auto const& row :
         rows(handle.get(), "SELECT " + columns + " FROM " + table[1] + where + " ORDER BY 1"))
      text += row[0] + "\n";
  }
  for (char const* pragma : {"PRAGMA user_version", "PRAGMA application_id"})
    for (auto const& row : rows(handle.get(), pragma)) text += row[0] + "\n";
  return text;
}

std::vector<Alteration> alterations_of(std::string const& path, int rows_max) {
  std::vector<Alteration> all;
  Handle const handle = open(path, SQLITE_OPEN_READONLY);
  for (auto const& found :
       rows(handle.get(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    std::string const& table = found[0];
    auto const columns = rows(handle.get(), "PRAGMA table_info(" + table + ")");
    auto const picked = conditions(handle.get(), table, columns, rows_max);
    for (std::size_t at = 0; at < picked.size(); ++at) {
      std::string const of = " of row " + std::to_string(at), where = " WHERE " + picked[at];
      for (auto const& column : columns) {
        if (table == "session" && column[1] == "last_seen_at") continue;  // a cache
        all.push_back(
            by_sql("edit " + table + "." + column[1] + of, table,
                   "UPDATE " + table + " SET " + column[1] + " = " + changed_value(column) + where));
        if (column[3] == "0")
          all.push_back(by_sql("empty " + table + "." + column[1] + of, table,
                               "UPDATE " + table + " SET " + column[1] + " = NULL" + where));
      }
      all.push_back(by_sql("delete " + table + of, table, "DELETE FROM " + table + where));
      std::string names, values;
      for (auto const& column : columns) {
        names += (names.empty() ? "" : ", ") + column[1];
        values += (values.empty() ? "" : ", ") +
                  (column[5] != "0" || column[1] == "key" || column[1] == "name" ? changed_value(column)
                                                                                 : column[1]);
      }
      all.push_back(
          by_sql("put in a copy" + of + " of " + table, table,
                 "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + table + where));
      if (at > 0)
        for (auto const& column : columns)
          if (column[5] == "0")
            all.push_back(by_sql("swap " + table + "." + column[1] + of + " with the one before", table,
                                 "CREATE TEMP TABLE s AS SELECT (SELECT " + column[1] + " FROM " + table +
                                     where + ") AS a, (SELECT " + column[1] + " FROM " + table + " WHERE " +
                                     picked[at - 1] + ") AS b; UPDATE " + table + " SET " + column[1] +
                                     " = (SELECT b FROM s)" + where + "; UPDATE " + table + " SET " +
                                     column[1] + " = (SELECT a FROM s) WHERE " + picked[at - 1]));
    }
    all.push_back(by_sql("empty the table " + table, table, "DELETE FROM " + table));
    all.push_back(by_sql("drop the table " + table, "schema", "DROP TABLE " + table));
    all.push_back(
        by_sql("add a column to " + table, "schema", "ALTER TABLE " + table + " ADD COLUMN extra TEXT"));
  }
  for (auto const& index :
       rows(handle.get(), "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"))
    all.push_back(by_sql("drop the index " + index[0], "schema", "DROP INDEX " + index[0]));
  all.push_back(by_sql("put in a trigger", "schema",
                       "CREATE TRIGGER t AFTER UPDATE ON item_status BEGIN SELECT 1; END"));
  all.push_back(by_sql("put in a table", "schema", "CREATE TABLE more (id INTEGER)"));
  all.push_back(by_sql("put in a view", "schema", "CREATE VIEW v AS SELECT 1"));
  all.push_back(by_sql("an older schema", "", "PRAGMA user_version = 1"));
  all.push_back(by_sql("another product", "", "PRAGMA application_id = 7"));
  for (Alteration& alteration : of_files()) all.push_back(std::move(alteration));
  return all;
}

Alteration random_bytes(std::mt19937_64& chance) {
  std::uint64_t const where = chance();
  auto const with = static_cast<unsigned char>(1 + chance() % 255);
  bool const cut = chance() % 4 == 0;
  std::string const file = chance() % 2 ? "" : "-wal";
  if (cut)
    return {"cut DB" + file, "", [=](std::string const& path) {
              std::error_code ignored;
              auto const size = std::filesystem::file_size(path + file, ignored);
              if (!ignored && size > 0) std::filesystem::resize_file(path + file, where % size, ignored);
            }};
  return {"flip byte " + std::to_string(where) + " of DB" + file, "",
          [=](std::string const& path) { flip(path + file, where, with); }};
}

}  // namespace xiaohao::audit
