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

}  // namespace

std::vector<RowDifference> compare_with_register(Connection& connection, journal::HashAlgorithm with) {
  std::vector<RowDifference> differences;
  std::map<std::string, Rows> registered = registered_rows(connection);
  for (std::string const& table : tables_of(connection.handle()))
    if (is_registered(table)) registered[table];
  for (auto& [table, expected] : registered) {
    TableShape const shape(connection.handle(), table);
    Rows found;
    if (!shape.columns().empty()) found = rows_of(connection, shape, with);
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
  return differences;
}

}  // namespace xiaohao::store::sqlite
