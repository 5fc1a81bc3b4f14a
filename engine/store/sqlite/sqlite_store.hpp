#pragma once

// A store in one SQLite file: write-ahead log, every commit synced, one writer thread with group commit, a
// pool of readers.

#include <memory>
#include <string>

#include "engine/store/store.hpp"

namespace xiaohao::store {

/// Makes a new database. Refuses (NotPossible) a path where something is already, and (Unavailable) a folder
/// that cannot be written.
///
/// Also makes `PATH.key`, which signs what the store writes, unless there is one; `suite` is for a new key.
/// Files that a database of the same name left beside it are set aside as `.old`.
Result<std::unique_ptr<Store>> create_sqlite(std::string const& path,
                                             journal::Suite suite = journal::Suite::Sha256Ed25519);

/// Opens what `create_sqlite` made, and migrates it. Refuses: NotFound when there is no file; Unavailable
/// when another process writes it, when it is damaged, of another product, newer than this program, or not
/// the database that was last written here (cut short, put back, changed by something else).
Result<std::unique_ptr<Store>> open_sqlite(std::string const& path);

/// Reads beside a running server: one snapshot of the last commit.
Result<std::shared_ptr<Reader const>> read_sqlite(std::string const& path);

}  // namespace xiaohao::store
