#include "engine/store/sqlite/register.hpp"

#include <map>

namespace xiaohao::store::sqlite {
namespace {

using Rows = std::map<std::string, journal::Hash>;

std::map<std::string, Rows> registered_rows(Connection& connection) {
  std::map<std::string, Rows> tables;
  Query changes = connection.query("row_changes");
  while (changes.next()) {
    Rows& rows = tables[changes.text(1)];
    if (changes.is_null(3))
      rows.erase(changes.text(2));
    else
      rows[changes.text(2)] = changes.text(3);
  }
  return tables;
}

Rows rows_of(Connection& connection, TableShape const& shape, journal::HashAlgorithm with) {
  Rows rows;
  for_each_row(connection.handle(), shape, [&](std::span<sqlite3_value* const> values, std::int64_t rowid) {
    rows[shape.key_of(values, rowid)] = shape.hash_of(values, with);
  });
  return rows;
}

void compare(std::string const& table, Rows const& expected, Rows const& found,
             std::vector<RowDifference>& differences) {
  for (auto const& [key, hash] : found) {
    auto const known = expected.find(key);
    if (known == expected.end())
      differences.push_back({table, key, std::nullopt, hash});
    else if (known->second != hash)
      differences.push_back({table, key, known->second, hash});
  }
  for (auto const& [key, hash] : expected)
    if (!found.contains(key)) differences.push_back({table, key, hash, std::nullopt});
}

/// None when the table is gone.
Rows rows_of(Connection& connection, std::string const& table, journal::HashAlgorithm with) {
  TableShape const shape(connection.handle(), table);
  return shape.columns().empty() ? Rows() : rows_of(connection, shape, with);
}

}  // namespace

std::vector<RowDifference> compare_with_register(Connection& connection, journal::HashAlgorithm with) {
  std::vector<RowDifference> differences;
  std::map<std::string, Rows> registered = registered_rows(connection);
  for (std::string const& table : tables_of(connection.handle()))
    if (is_registered(table)) registered[table];
  for (auto const& [table, expected] : registered)
    compare(table, expected, rows_of(connection, table, with), differences);
  return differences;
}

std::vector<RowDifference> compare_table(std::string const& table, Connection& expected, Connection& found,
                                         journal::HashAlgorithm with) {
  std::vector<RowDifference> differences;
  compare(table, rows_of(expected, table, with), rows_of(found, table, with), differences);
  return differences;
}

std::int64_t rows_in(std::string const& table, Connection& connection) {
  TableShape const shape(connection.handle(), table);
  std::int64_t rows = 0;
  if (!shape.columns().empty())
    for_each_row(connection.handle(), shape, [&](std::span<sqlite3_value* const>, std::int64_t) { ++rows; });
  return rows;
}

}  // namespace xiaohao::store::sqlite
