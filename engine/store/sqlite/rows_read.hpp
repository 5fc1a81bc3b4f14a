#pragma once

#include <optional>
#include <vector>

#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::store::sqlite {

/// What `read` makes of each row that `query` still has.
template <class Read>
auto all_rows(Query& query, Read read) {
  std::vector<decltype(read(query))> rows;
  while (query.next()) rows.push_back(read(query));
  return rows;
}

/// What `read` makes of the next row; none when there is none.
template <class Read>
auto one_row(Query& query, Read read) {
  std::optional<decltype(read(query))> row;
  if (query.next()) row = read(query);
  return row;
}

}  // namespace xiaohao::store::sqlite
