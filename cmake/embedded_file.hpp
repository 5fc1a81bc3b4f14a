#pragma once

#include <string_view>

namespace xiaohao::embedded {

/// A file that was put into the program at build time by `xiaohao_embed`.
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

}  // namespace xiaohao::embedded
