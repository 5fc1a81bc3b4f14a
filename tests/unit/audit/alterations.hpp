#pragma once

// Ways to alter a database behind the program's back: any column of any row, rows deleted, put in and
// swapped, the schema, the files beside it.

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace xiaohao::audit {

struct Alteration {
  std::string name;   ///< `edit item_status.due of row 3`
  std::string table;  ///< that a finding should name; empty: any finding will do
  std::function<void(std::string const& path)> apply;
};

/// Every table and column of the database at `path`; `rows_max` rows of each table.
std::vector<Alteration> alterations_of(std::string const& path, int rows_max);

/// Bytes of the database, of its write-ahead log and of the files beside it, by chance.
Alteration random_bytes(std::mt19937_64& chance);

/// What a reader of the database can see: schema and every value, caches left out. Empty: it cannot be read.
std::string contents_of(std::string const& path);

void execute(std::string const& path, std::string const& sql);

}  // namespace xiaohao::audit
