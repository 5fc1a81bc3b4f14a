#pragma once

#include <optional>
#include <string>

#include "engine/calendar/phrase/scanner.hpp"
#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar::phrase {

inline constexpr std::string_view quarter_ends = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1";

struct Recurring {
  std::string rule;  ///< RFC 5545
  Text meaning;
};

/// 每周五, 每月25日前, 每季度至少一次, 按月, 一月一调度 …: at the scanner, or nothing. Troubles: no such day,
/// more than once a period without days, periods that no rule can state.
Read<std::optional<Recurring>> take_recurring(Scanner& scanner);

/// Days inside a recurring period, as the value of BYMONTHDAY or BYDAY.
struct DaysOfMonth {
  std::string by;      ///< `BYMONTHDAY=5,20` or `BYDAY=-1FR`
  int greatest = 0;    ///< the greatest day named; 0 for the last day alone
  bool named = false;  ///< false: no day is written, so it is the last
};
/// 25日, 5日、20日, 底, 上旬, 第一个周五; the last day when none is named.
Read<DaysOfMonth> take_days_of_month(Scanner& scanner);
/// 一、三、五, 一至周五; Sunday when none is named.
Read<std::string> take_days_of_week(Scanner& scanner);

}  // namespace xiaohao::calendar::phrase
