#pragma once

#include <string>

#include "engine/model/result.hpp"

namespace xiaohao::store::sqlite {

/// Holds `PATH.lock` for as long as it lives, so that one process alone writes the database.
///
/// A file of its own: closing any descriptor of the database file would drop the locks SQLite itself holds on
/// it. The kernel gives the lock back when the process ends, however it ends.
class LockFile {
 public:
  /// Refuses (Unavailable) when another process holds it.
  static Result<LockFile> take(std::string const& database_path);

  LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockFile& operator=(LockFile&&) = delete;
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace xiaohao::store::sqlite
