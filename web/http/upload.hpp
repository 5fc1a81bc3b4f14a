#pragma once

// Receives the parts of a form: text fields into memory, files into temporary files whose SHA-256 is computed
// on the way.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "web/http/message.hpp"
#include "web/http/multipart.hpp"

namespace xiaohao::web {

class UploadSink final : public PartSink {
 public:
  static constexpr std::size_t field_bytes_max = 64 << 10;

  /// Files go to `directory`, which exists; of all files together at most `bytes_max` bytes are taken.
  UploadSink(std::string directory, std::int64_t bytes_max);
  ~UploadSink() override;

  Result<void> begin(Part const& part) override;
  Result<void> data(std::string_view bytes) override;
  /// StorageFull when the disk is full, Unavailable when it fails otherwise.
  Result<void> end() override;

  std::map<std::string, std::string> fields;
  std::vector<Upload> files;

 private:
  struct Receiving;  ///< the file that is coming in
  std::string directory_;
  std::int64_t bytes_left_;
  std::int64_t bytes_max_;
  std::string* field_ = nullptr;
  std::unique_ptr<Receiving> receiving_;
};

}  // namespace xiaohao::web
