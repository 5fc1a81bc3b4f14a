#pragma once

// A body of `multipart/form-data` (RFC 7578), read piece by piece as it comes in, so that a file is never
// whole in memory.
//
//     MultipartReader reader(*boundary_of(content_type), sink);
//     reader.feed(bytes); …
//     reader.finish();      // refuses a body that stopped in the middle

#include <string>
#include <string_view>

#include "engine/model/result.hpp"

namespace xiaohao::web {

/// The head of one part. A part with a file name is a file, even when the name is empty.
struct Part {
  std::string field;
  bool is_file = false;
  std::string file_name;  ///< a label: folders, control and direction characters are taken out; never empty
                          ///< for a file
};

/// Where parts go. A refusal ends the reading.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual Result<void> begin(Part const& part) = 0;
  virtual Result<void> data(std::string_view bytes) = 0;
  virtual Result<void> end() = 0;
};

/// The boundary of `multipart/form-data; boundary=…`. Malformed when there is none, or one that RFC 2046 does
/// not allow.
Result<std::string> boundary_of(std::string_view content_type);

/// What a file name from outside is shown as: its last component, valid UTF-8 without invisible characters,
/// at most 200 bytes.
Result<std::string> file_label(std::string_view name);

class MultipartReader {
 public:
  static constexpr int parts_max = 32;
  static constexpr std::size_t part_head_bytes_max = 4096;

  MultipartReader(std::string const& boundary, PartSink& sink);
  Result<void> feed(std::string_view bytes);
  Result<void> finish() const;

 private:
  enum class Stage { FirstBoundary, AfterBoundary, PartHead, PartBody, Done };
  std::string delimiter_;  ///< CR LF and two hyphens before the boundary
  PartSink& sink_;
  Stage stage_ = Stage::FirstBoundary;
  std::string
      waiting_;  ///< bytes that cannot be judged yet: at most a part's head, or a delimiter's beginning
  int parts_ = 0;

  Result<bool> step();  ///< false: more bytes are needed
  Result<bool> step_body();
  Result<bool> step_head();
};

}  // namespace xiaohao::web
