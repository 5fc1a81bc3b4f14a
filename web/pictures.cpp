#include "web/pictures.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace xiaohao::web {
namespace {

constexpr std::size_t waiting_max = 200;
constexpr std::size_t remembered_bytes_max = 32 << 20;
constexpr std::size_t jpeg_bytes_max = 8 << 20;

/// Starts `words`, a program by its path and its arguments, whose output goes to `output`. It gets nothing
/// else of ours: no other descriptor (a socket for instance), no environment but `environment`, no blocked
/// signal. -1 when it cannot start. Not Boost.Process: that of Debian 12 closes the pipe as well when it is
/// told to pass on no other handles.
pid_t start(std::vector<char const*> words, std::vector<char const*> environment, int output) {
  words.push_back(nullptr);
  environment.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output, 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none, pipe;
  ::sigemptyset(&none);
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &pipe);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = -1;
  if (::posix_spawn(&child, words[0], &actions, &attributes, const_cast<char* const*>(words.data()),
                    const_cast<char* const*>(environment.data())) != 0)
    child = -1;
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return child;
}

/// All that comes from `input`, as long as it is no more than a picture may have.
std::string read_all(int input) {
  std::string bytes;
  std::array<char, 65536> block;
  for (;;) {
    ssize_t const count = ::read(input, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || bytes.size() > jpeg_bytes_max) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
}

/// What decodes the picture may use one gigabyte of addresses and ten seconds, and writes no file; formats
/// that libvips itself does not trust with hostile files, such as SVG, are blocked.
std::string made_anew(std::string const& program, std::string const& path) {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  pid_t const child =
      start({"/usr/bin/prlimit", "--as=1073741824", "--cpu=10", "--fsize=1048576", "--core=0",
             "/usr/bin/nice", "-n", "10", "/usr/bin/timeout", "20", program.c_str(), path.c_str(), "--size",
             "1280x1280>", "-o", ".jpg[Q=80,strip,background=255]"},
            {"VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1", "VIPS_DISC_THRESHOLD=900m", "LC_ALL=C.UTF-8"},
            ends[1]);
  ::close(ends[1]);
  std::string jpeg = child < 0 ? std::string() : read_all(ends[0]);
  ::close(ends[0]);  // one that writes on and on ends by this
  int status = -1;
  while (child >= 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status == 0 && jpeg.size() <= jpeg_bytes_max ? jpeg : std::string();
}

}  // namespace

Pictures::Pictures(std::string program) : program_(std::move(program)), workers_(1, waiting_max) {
  if (::access(program_.c_str(), X_OK) != 0) program_.clear();
}

Pictures::~Pictures() { ending_ = true; }

bool Pictures::shows(std::string_view media_type) const {
  constexpr std::array<std::string_view, 5> pictures{"image/jpeg", "image/png", "image/gif", "image/webp",
                                                     "image/heic"};
  return !program_.empty() && std::find(pictures.begin(), pictures.end(), media_type) != pictures.end();
}

void Pictures::show(std::string path, Sha256Hex const& sha256, std::function<void(Result<Jpeg>)> done) {
  if (Jpeg known = remembered(sha256)) return done(std::move(known));
  auto const make = [this, path = std::move(path), sha256, done] {
    if (ending_) return done(refuse(Reason::Unavailable, "", {"服务正在停止", "the server is stopping"}));
    Jpeg jpeg = remembered(sha256);  // whoever waited before may have asked for the same
    if (!jpeg) {
      std::string made = made_anew(program_, path);
      if (made.empty())
        return done(
            refuse(Reason::NotFound, "",
                   {"这张图片无法显示，请下载查看", "this picture cannot be shown; download it instead"}));
      jpeg = std::make_shared<std::string const>(std::move(made));
      remember(sha256, jpeg);
    }
    done(std::move(jpeg));
  };
  if (!workers_.run(make))
    done(refuse(Reason::Unavailable, "",
                {"图片太多，请稍后再看", "too many pictures; try again in a moment"}));
}

Pictures::Jpeg Pictures::remembered(Sha256Hex const& sha256) {
  std::lock_guard const lock(mutex_);
  auto const found = by_hash_.find(sha256);
  if (found == by_hash_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->jpeg;
}

void Pictures::remember(Sha256Hex const& sha256, Jpeg jpeg) {
  std::lock_guard const lock(mutex_);
  if (by_hash_.contains(sha256)) return;
  bytes_ += jpeg->size();
  recent_.push_front({sha256, std::move(jpeg)});
  by_hash_.emplace(sha256, recent_.begin());
  while (bytes_ > remembered_bytes_max) {
    bytes_ -= recent_.back().jpeg->size();
    by_hash_.erase(recent_.back().sha256);
    recent_.pop_back();
  }
}

}  // namespace xiaohao::web
