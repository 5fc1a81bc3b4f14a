#pragma once

// When a database is opened: is it the one that was last written here? Looks at the ends only, so that it
// costs the same at any size; `xiaohao verify` looks at everything.

#include <memory>
#include <optional>
#include <string>

#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/seal.hpp"

namespace xiaohao::store::sqlite {

/// How a history departs from what a seal or a head says of it.
enum class Departure {
  CutShort,   ///< it is shorter than it was: entries were taken from the end, or an older copy was put back
  Rewritten,  ///< it is long enough, and says something else
};

/// Whether the journal and the register of `connection` continue what `seal` saw. None: they do.
std::optional<Departure> departure_from(Seal const& seal, Connection& connection);

std::optional<Seal> stored_seal(Connection& connection);

/// Refuses (Unavailable) a database whose end is not the one it was sealed with, or that does not continue
/// what `PATH.seal` and the last head in `PATH.heads` saw. Without a key there is nothing to hold it against,
/// and anything goes.
Result<void> expect_own_history(Connection& connection, std::string const& path,
                                journal::SigningKey const* key);

/// For a database that is empty or older than seals are: refuses when there is a seal of it.
Result<void> expect_no_history(std::string const& path);

/// Brings `PATH.heads` up to what the database has kept: a line may have been lost with the power.
void complete_heads(Connection& connection, std::string const& path);

}  // namespace xiaohao::store::sqlite
