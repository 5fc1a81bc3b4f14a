#include "engine/store/sqlite/head_file.hpp"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::store::sqlite {
namespace {

/// Longer than any head.
constexpr std::int64_t line_bytes_max = 4096;

}  // namespace

std::optional<journal::SignedHead> last_head_in(std::string const& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  auto const length = static_cast<std::int64_t>(file.tellg());
  file.seekg(std::max<std::int64_t>(0, length - line_bytes_max));
  std::optional<journal::SignedHead> last;
  for (std::string line; std::getline(file, line);)
    if (auto const document = json::read(line, {line_bytes_max, 4}))
      if (auto head = journal::head_from_json(*document, "")) last = std::move(*head);
  return last;
}

void append_head(std::string const& path, journal::SignedHead const& head) {
  std::string const line = head_to_json(head).dump() + "\n";
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;  // the head stands in the database too, and is added when the database is next opened
  (void)!::write(file, line.data(), line.size());
  ::close(file);
}

}  // namespace xiaohao::store::sqlite
