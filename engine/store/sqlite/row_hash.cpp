#include "engine/store/sqlite/row_hash.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "engine/journal/base64.hpp"
#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::store::sqlite {
namespace {

/// Told by the journal, which `verify` replays, or committed to by it; `count` follows from the items.
constexpr std::array<std::string_view, 9> not_registered{"journal", "journal_node", "journal_text",
                                                         "item",    "item_status",  "evidence",
                                                         "count",   "row_change",   "seal"};

bool changes_without_a_meaning(std::string_view table, std::string_view column) {
  return table == "session" && column == "last_seen_at";
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement prepare(sqlite3* handle, std::string const& sql) {
  sqlite3_stmt* statement = nullptr;
  int const code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
  Statement owned(statement);
  if (code != SQLITE_OK) throw DatabaseError(code, sql + ": " + sqlite3_errmsg(handle));
  return owned;
}

std::string text_of(sqlite3_stmt* row, int column) {
  auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(row, column));
  return text ? text : "";
}

std::string bytes_of(sqlite3_value* value) {
  void const* const bytes = sqlite3_value_blob(value);
  auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  return bytes ? std::string(static_cast<char const*>(bytes), size) : std::string();
}

/// The value's type and bytes; numbers as SQLite prints them.
std::string encoded(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return "i" + std::to_string(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      return "f" + bytes_of(value);
    case SQLITE_TEXT:
      return "t" + bytes_of(value);
    case SQLITE_BLOB:
      return "b" + bytes_of(value);
    default:
      return "n";
  }
}

void add_part(std::string& bytes, std::string_view part) {
  bytes += std::to_string(part.size());
  bytes += ':';
  bytes += part;
}

std::string key_part(sqlite3_value* value) {
  if (sqlite3_value_type(value) == SQLITE_INTEGER) return std::to_string(sqlite3_value_int64(value));
  if (sqlite3_value_type(value) == SQLITE_BLOB) return journal::to_hexadecimal(bytes_of(value));
  std::string part;
  for (char const c : bytes_of(value)) {
    if (c == '~')
      part += "~0";
    else if (c == '/')
      part += "~1";
    else
      part += c;
  }
  return part;
}

std::string quoted(std::string const& name) {
  std::string text = "\"";
  for (char const c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

}  // namespace

bool is_registered(std::string_view table) {
  return !table.starts_with("sqlite_") &&
         std::find(not_registered.begin(), not_registered.end(), table) == not_registered.end();
}

TableShape::TableShape(sqlite3* handle, std::string table) : table_(std::move(table)) {
  std::vector<std::pair<int, std::size_t>> key;
  Statement const columns = prepare(handle, "PRAGMA table_info(" + quoted(table_) + ")");
  while (sqlite3_step(columns.get()) == SQLITE_ROW) {
    if (int const place = sqlite3_column_int(columns.get(), 5); place > 0)
      key.emplace_back(place, columns_.size());
    columns_.push_back(text_of(columns.get(), 1));
  }
  std::sort(key.begin(), key.end());
  for (auto const& [place, column] : key) key_.push_back(column);
  for (std::size_t column = 0; column < columns_.size(); ++column)
    if (!changes_without_a_meaning(table_, columns_[column])) by_name_.push_back(column);
  std::sort(by_name_.begin(), by_name_.end(),
            [this](std::size_t a, std::size_t b) { return columns_[a] < columns_[b]; });
  Statement const list = prepare(handle, "PRAGMA table_list(" + quoted(table_) + ")");
  while (sqlite3_step(list.get()) == SQLITE_ROW)
    if (text_of(list.get(), 0) == "main") has_rowid_ = sqlite3_column_int(list.get(), 4) == 0;
}

std::string TableShape::select() const {
  std::string columns = has_rowid_ ? "rowid" : "NULL", order;
  for (std::string const& column : columns_) columns += ", " + quoted(column);
  for (std::size_t const column : key_) order += (order.empty() ? "" : ", ") + quoted(columns_[column]);
  return "SELECT " + columns + " FROM " + quoted(table_) + " ORDER BY " + (order.empty() ? "rowid" : order);
}

std::string TableShape::key_of(std::span<sqlite3_value* const> values, std::int64_t rowid) const {
  if (key_.empty()) return std::to_string(rowid);
  std::string key;
  for (std::size_t const column : key_) key += (column == key_.front() ? "" : "/") + key_part(values[column]);
  return key;
}

journal::Hash TableShape::hash_of(std::span<sqlite3_value* const> values, journal::HashAlgorithm with) const {
  std::string bytes;
  for (std::size_t const column : by_name_) {
    if (sqlite3_value_type(values[column]) == SQLITE_NULL) continue;
    add_part(bytes, columns_[column]);
    add_part(bytes, encoded(values[column]));
  }
  return journal::hash(bytes, with);
}

void for_each_row(sqlite3* handle, TableShape const& shape,
                  std::function<void(std::span<sqlite3_value* const>, std::int64_t)> const& see) {
  Statement const rows = prepare(handle, shape.select());
  std::vector<sqlite3_value*> values(shape.columns().size());
  int code = sqlite3_step(rows.get());
  for (; code == SQLITE_ROW; code = sqlite3_step(rows.get())) {
    for (std::size_t column = 0; column < values.size(); ++column)
      values[column] = sqlite3_column_value(rows.get(), static_cast<int>(column) + 1);
    see(values, sqlite3_column_int64(rows.get(), 0));
  }
  if (code != SQLITE_DONE) throw DatabaseError(code, shape.table() + ": " + sqlite3_errmsg(handle));
}

std::vector<std::string> tables_of(sqlite3* handle) {
  std::vector<std::string> names;
  Statement const tables = prepare(
      handle,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY name");
  while (sqlite3_step(tables.get()) == SQLITE_ROW) names.push_back(text_of(tables.get(), 0));
  return names;
}

}  // namespace xiaohao::store::sqlite
