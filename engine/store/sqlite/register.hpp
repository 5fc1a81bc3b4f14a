#pragma once

// The register of row changes against the rows as they lie there.

#include <optional>
#include <string>
#include <vector>

#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/row_hash.hpp"

namespace xiaohao::store::sqlite {

/// A row that is not as the register says. Both: it was edited. `registered` only: deleted. `found` only: put
/// in.
struct RowDifference {
  std::string table;
  std::string key;
  std::optional<journal::Hash> registered, found;

  std::string name() const { return table + "/" + key; }
};

/// Every row of the registered tables that differs, by table, then by key. Whether the register itself is the
/// one that was sealed is not looked at here. Throws DatabaseError.
std::vector<RowDifference> compare_with_register(Connection& connection, journal::HashAlgorithm with);

/// The rows of `table` in `found` against those in `expected`, a database of the same schema.
std::vector<RowDifference> compare_table(std::string const& table, Connection& expected, Connection& found,
                                         journal::HashAlgorithm with);

/// How many rows a table has that the schema names; 0 when it is gone.
std::int64_t rows_in(std::string const& table, Connection& connection);

}  // namespace xiaohao::store::sqlite
