#include "cli/file_text.hpp"

#include <fstream>

namespace xiaohao::cli {

Result<std::string> file_text(std::string const& path, std::size_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return refuse(Reason::NotFound, "", {"无法打开文件", "cannot be opened; give a file that is there"});
  std::string text;
  char block[65536];
  while (text.size() <= bytes_max && (file.read(block, sizeof block), file.gcount() > 0))
    text.append(block, static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return refuse(Reason::NotFound, "", {"无法读取文件", "cannot be read; give a file"});
  if (text.size() > bytes_max) text.resize(bytes_max + 1);
  return text;
}

}  // namespace xiaohao::cli
