#pragma once

#include <string>

#include "engine/model/result.hpp"

namespace xiaohao {

inline constexpr std::size_t reason_bytes_max = 1000;

/// Malformed, at `pointer`, when nothing is said or more than `bytes_max`.
Result<void> expect_written(std::string const& text, char const* pointer, std::size_t bytes_max);

/// The same of a reason, at /reason.
Result<void> expect_reason(std::string const& reason);

}  // namespace xiaohao
