#pragma once

// 按期 / 延期后按期 / 逾期: the three piles that are never merged, and what is still open and overdue.

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/decision/board.hpp"

namespace xiaohao::decision {

enum class Timeliness {
  OnTime,                ///< 按期: the application that led to the close-out came by the original due date
  OnTimeAfterExtension,  ///< 延期后按期: by the date that was granted
  Late,                  ///< 逾期
  OpenOverdue,           ///< still open, and its due date is past
};
std::string_view to_string(
    Timeliness timeliness);  ///< `on_time`, `on_time_after_extension`, `late`, `open_overdue`

/// None: it is cancelled, has no due date, is only roughly dated, or is open and not due yet. Dates are local
/// to the plan.
std::optional<Timeliness> timeliness_of(WorkItem const& item, Instant now);

struct TimelinessCounts {
  int on_time = 0, on_time_after_extension = 0, late = 0, open_overdue = 0;
  void add(Timeliness timeliness);
  int total() const { return on_time + on_time_after_extension + late + open_overdue; }
};

struct TimelinessTable {
  TimelinessCounts all;
  std::map<UnitId, TimelinessCounts> units;
};

/// Of the units' shares, milestones and occurrences.
TimelinessTable timeliness(Board const& board);

}  // namespace xiaohao::decision
