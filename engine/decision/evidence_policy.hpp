#pragma once

// Which files a county takes as evidence.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::decision {

struct EvidencePolicy {
  std::int64_t bytes_max = 20 << 20;      ///< of one file
  std::vector<std::string> types{"*/*"};  ///< as the bytes say, never the name: `application/pdf`, `image/*`
  friend bool operator==(EvidencePolicy const&, EvidencePolicy const&) = default;

  bool takes(std::string_view media_type) const;
  bool takes_all() const;

  /// TooLarge, or GuardFailed, at /file, with what would be right.
  Result<void> check(std::int64_t bytes, std::string_view media_type) const;
};

}  // namespace xiaohao::decision
