#pragma once

// The key beside a database: joined to the journal when a store is opened to write, and changed by `xiaohao
// key`.

#include <string>

#include "engine/domain/command.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::cli {

/// `record::keep_key` with what lies beside the database: a key that was put in place of `PATH.key.previous`
/// takes over, also when the program ended in the middle of that.
Result<void> keep_key(store::Store& store, std::string const& path, Moment moment);

/// Puts a new key in place of `PATH.key`, which becomes `PATH.key.previous`. Nobody may have the database
/// open.
Result<void> put_new_key(std::string const& path, journal::Suite suite);

}  // namespace xiaohao::cli
