#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace xiaohao::calendar {

using xiaohao::to_string;  // dates print beside kinds; the overloads below would hide them

enum class ScheduleKind { Date, MonthEnd, Range, Recurrence, Relative, Open, Immediate };
std::string_view to_string(ScheduleKind kind);  ///< `date`, `month_end`, …
std::optional<ScheduleKind> schedule_kind_named(std::string_view name);

/// 时限: what a deadline phrase means.
struct Schedule {
  std::string phrase;  ///< as written: inspectors hold it against the document
  ScheduleKind kind = ScheduleKind::Date;
  std::optional<Date> start;
  std::optional<Date> due;                ///< last local day that is on time, inclusive
  std::optional<std::string> recurrence;  ///< an RFC 5545 rule; its occurrences are due dates
  bool soft = false;                      ///< 力争, 争取, 原则上
  friend bool operator==(Schedule const&, Schedule const&) = default;
};

}  // namespace xiaohao::calendar
