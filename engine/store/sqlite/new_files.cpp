#include "engine/store/sqlite/new_files.hpp"

#include <filesystem>

namespace xiaohao::store::sqlite {

NewFiles::NewFiles(std::string const& path) {
  std::error_code ignored;
  for (char const* ending : {"", "-wal", "-shm", "-journal", ".lock", ".key", ".key.pub", ".seal", ".heads"})
    if (!std::filesystem::exists(path + ending, ignored)) absent_.push_back(path + ending);
}

void NewFiles::remove() const {
  std::error_code ignored;
  for (std::string const& file : absent_) std::filesystem::remove(file, ignored);
}

}  // namespace xiaohao::store::sqlite
