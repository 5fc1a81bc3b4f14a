#pragma once

// What a row looks like, as one hash: for the register of row changes, and for whoever compares the tables
// with it later.

#include <functional>
#include <optional>
#include <span>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <vector>

#include "engine/journal/merkle.hpp"

namespace xiaohao::store::sqlite {

/// Whether rows of `table` are held to the register. The others follow from the journal, or are the register.
bool is_registered(std::string_view table);

/// A table's columns, as the schema of one connection has them.
class TableShape {
 public:
  /// Reads the schema. Throws DatabaseError.
  TableShape(sqlite3* handle, std::string table);

  std::string const& table() const { return table_; }
  std::vector<std::string> const& columns() const { return columns_; }
  std::string select() const;  ///< all rows in the order of the key; column 0 is the rowid or null

  /// The primary key as one text, parts joined by `/` and escaped as in a JSON Pointer; the rowid where a
  /// table has no other. `values` are the columns in the order of the schema.
  std::string key_of(std::span<sqlite3_value* const> values, std::int64_t rowid) const;

  /// Over the names and values of all columns that are not null, by name, so that a column added later and
  /// left null changes nothing. Columns that change without a meaning are left out: `session.last_seen_at`.
  journal::Hash hash_of(std::span<sqlite3_value* const> values, journal::HashAlgorithm with) const;

 private:
  std::string table_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> key_;      ///< places of the primary key's columns, in the key's order
  std::vector<std::size_t> by_name_;  ///< places of the columns that count, ordered by name
  bool has_rowid_ = true;
};

/// Calls `see` for every row, in the order of the key. The values are good until it returns.
void for_each_row(sqlite3* handle, TableShape const& shape,
                  std::function<void(std::span<sqlite3_value* const> values, std::int64_t rowid)> const& see);

/// The names of the tables of the database, by name, SQLite's own left out.
std::vector<std::string> tables_of(sqlite3* handle);

}  // namespace xiaohao::store::sqlite
