#pragma once

#include <string>
#include <vector>

namespace xiaohao::store::sqlite {

/// Remembers which files of a database are not there yet, so that a making that fails can be undone without
/// touching what was: a key that outlived an earlier database, for instance.
class NewFiles {
 public:
  explicit NewFiles(std::string const& path);

  /// Removes those that have appeared since. Nothing may have the database open.
  void remove() const;

 private:
  std::vector<std::string> absent_;
};

}  // namespace xiaohao::store::sqlite
