#pragma once

// A second file of signed heads, on another disk or machine: `serve --heads FILE`. Compared when the server
// starts, and added to whenever a head is kept.

#include <cstdint>
#include <string>

#include "engine/store/store.hpp"

namespace xiaohao::cli {

class HeadsFile {
 public:
  /// Reads the file, which may not be there yet, and holds the journal against it. A last line that was cut
  /// off by a loss of power is taken away. Refuses: Malformed for a line that is no head; Unavailable for a
  /// journal that does not continue the heads (`audit::expect_continuation`), or a file that cannot be used.
  static Result<HeadsFile> open(std::string path, store::Reader const& reader);

  /// Adds the heads that were kept since, each line synced. Unavailable when the file cannot be written; the
  /// next call goes on where this one ended.
  Result<void> bring_up(store::Reader const& reader);

 private:
  HeadsFile(std::string path, std::int64_t size) : path_(std::move(path)), size_(size) {}
  std::string path_;
  std::int64_t size_;  ///< entries that the last head in the file counts
};

}  // namespace xiaohao::cli
