#pragma once

#include <string>

#include "engine/model/result.hpp"

namespace xiaohao {

inline constexpr std::size_t reason_bytes_max = 1000;

/// Malformed, at /reason, when nothing is said or too much.
Result<void> expect_reason(std::string const& reason);

}  // namespace xiaohao
