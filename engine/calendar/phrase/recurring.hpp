#pragma once

#include <optional>
#include <string>

#include "engine/calendar/phrase/scanner.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::calendar::phrase {

inline constexpr std::string_view quarter_ends = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1";

struct Recurring {
  std::string rule;  ///< RFC 5545
  Text meaning;
};

/// 每周五, 每月25日前, 每季度至少一次, 按月 …: at the scanner, or nothing.
Result<std::optional<Recurring>> take_recurring(Scanner& scanner);

}  // namespace xiaohao::calendar::phrase
