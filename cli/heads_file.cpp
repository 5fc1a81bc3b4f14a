#include "cli/heads_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include "engine/audit/continuation.hpp"
#include "engine/audit/known_heads.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::cli {
namespace {

constexpr json::Limits limits{.bytes_max = 64 << 20, .depth_max = 64};

auto cannot_use(std::string const& path, std::string const& why) {
  return refuse(Reason::Unavailable, "",
                {"无法使用 " + path + "：" + why, path + " cannot be used (" + why +
                                                      "); give --heads a file "
                                                      "that the server's account may write"});
}

/// Appends, and returns when the disk has it; makes the file if need be.
Result<void> append_synced(std::string const& path, std::string const& text) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return cannot_use(path, std::strerror(errno));
  bool const written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  bool const synced = written && ::fsync(file) == 0;
  int const error = errno;
  ::close(file);
  if (synced) return {};
  return cannot_use(path, written || error != 0 ? std::strerror(error) : "written in part");
}

/// What stands in the file, without a line that was not finished.
Result<std::string> finished_lines(std::string const& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::string();
  Result<std::string> text = json::file_text(path, limits);
  if (!text) return cannot_use(path, text.error().first().detail.en);
  if (text->size() > limits.bytes_max) return cannot_use(path, "it is longer than 64 MiB");
  std::size_t const end = text->rfind('\n');
  std::size_t const whole = end == std::string::npos ? 0 : end + 1;
  if (whole == text->size() || json::read(std::string_view(*text).substr(whole))) return text;
  std::filesystem::resize_file(path, whole, error);
  if (error) return cannot_use(path, error.message());
  text->resize(whole);
  return text;
}

}  // namespace

Result<HeadsFile> HeadsFile::open(std::string path, store::Reader const& reader) {
  Result<std::string> text = finished_lines(path);
  if (!text) return tl::unexpected(text.error());
  std::int64_t size = 0;
  if (text->find_first_not_of(" \r\n") != std::string::npos) {
    auto const heads = audit::heads_in(*text);
    if (!heads) return malformed(path, heads.error().first().pointer + " " + heads.error().first().detail.en);
    if (auto const same = audit::expect_continuation(reader, *heads, path); !same)
      return tl::unexpected(same.error());
    for (journal::SignedHead const& head : *heads) size = std::max(size, head.head.size);
    if (text->back() != '\n')
      if (auto const ended = append_synced(path, "\n"); !ended) return tl::unexpected(ended.error());
  }
  HeadsFile file(std::move(path), size);
  // A file that cannot be written is found now, not on the day when it is needed.
  if (auto const writable = append_synced(file.path_, ""); !writable) return tl::unexpected(writable.error());
  if (auto const up = file.bring_up(reader); !up) return tl::unexpected(up.error());
  return file;
}

Result<void> HeadsFile::bring_up(store::Reader const& reader) {
  for (journal::SignedHead const& head : reader.signed_heads(size_ + 1, 0)) {
    if (auto const added = append_synced(path_, head_to_json(head).dump() + "\n"); !added) return added;
    size_ = head.head.size;
  }
  return {};
}

}  // namespace xiaohao::cli
