#pragma once

#include <string>

#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::store::sqlite {

int newest_schema();  ///< the number of the last migration this program knows

/// Brings the schema up to date, each migration in a transaction of its own, forward only. Refuses
/// (Unavailable) a file that is no database of this product or that a newer version of it has written. Throws
/// DatabaseError when the file is damaged.
Result<void> migrate(Connection& connection, std::string const& path);

/// What `migrate` would begin with; 0 for a new file.
Result<int> schema_of(Connection& connection, std::string const& path);

/// The same refusals, without changing anything; an older schema is refused too.
Result<void> expect_newest_schema(Connection& connection, std::string const& path);

}  // namespace xiaohao::store::sqlite
