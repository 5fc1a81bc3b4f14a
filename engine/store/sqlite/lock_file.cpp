#include "engine/store/sqlite/lock_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace xiaohao::store::sqlite {

Result<LockFile> LockFile::take(std::string const& database_path) {
  std::string const path = database_path + ".lock";
  int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    std::string const why = std::strerror(errno);
    return refuse(Reason::Unavailable, "",
                  {path + "：无法打开（" + why + "）；请检查目录是否存在且可写",
                   path + " cannot be opened (" + why + "); the folder must exist and be writable"});
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return refuse(Reason::Unavailable, "",
                  {database_path + " 正被另一个进程使用；请先停止它",
                   database_path + " is in use by another process; stop that one first"});
  }
  return LockFile(descriptor);
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace xiaohao::store::sqlite
