#pragma once

// A store in one SQLite file: write-ahead log, every commit synced, one writer thread with group commit, a
// pool of readers.

#include <memory>
#include <string>

#include "engine/store/store.hpp"

namespace xiaohao::store {

/// Makes a new database. Refuses (NotPossible) a path where something is already, and (Unavailable) a folder
/// that cannot be written.
Result<std::unique_ptr<Store>> create_sqlite(std::string const& path);

/// Opens what `create_sqlite` made, and migrates it. Refuses: NotFound when there is no file; Unavailable
/// when another process writes it, when it is damaged, of another product, or newer than this program.
Result<std::unique_ptr<Store>> open_sqlite(std::string const& path);

/// Reads beside a running server: one snapshot of the last commit.
Result<std::shared_ptr<Reader const>> read_sqlite(std::string const& path);

}  // namespace xiaohao::store
