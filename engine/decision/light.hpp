#pragma once

// Red, yellow, green, grey 红黄绿灯: always derived from the item and the moment, never stored.

#include <optional>
#include <string_view>
#include <vector>

#include "engine/calendar/business_calendar.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

using xiaohao::to_string;  // dates print beside lights; the overload below would hide them

/// In the order of urgency: the worst of several lights is the greatest.
enum class Light { Grey, Green, Yellow, Red };
std::string_view to_string(Light light);  ///< `grey`, `green`, `yellow`, `red`
std::optional<Light> light_named(std::string_view name);

/// When an item turns yellow. The numbers are a county's to choose, and come from its policy file.
struct LightPolicy {
  int due_soon_days = 7;               ///< calendar days before due
  BasisPoints gap = 1000;              ///< progress behind the elapsed share of the time
  int unsigned_working_days = 3;       ///< after the start, while nobody has accepted
  bool due_soon_working_days = false;  ///< count `due_soon_days` in working days
  bool pace_working_days = false;  ///< the time schedule 序时进度 by working days instead of calendar days
  /// What a share weighs in its task's progress. Integers, so that sums agree everywhere: 2 and 1 are 1 and
  /// ½.
  int lead_weight = 2;
  int support_weight = 1;

  int weight_of(WorkItem const& share) const {
    return share.definition.role == UnitRole::Support ? support_weight : lead_weight;
  }
};

struct LightReading {
  Light light;
  std::vector<Text> reasons;  ///< why, each a sentence; empty for green
};

/// The light of one item by its own facts (a task's comes from its assignments: see `board.hpp`).
///
/// Grey: closed or cancelled. Red: `now` is past the end of the due day while the unit's clock runs, or was
/// when it applied. Yellow: due soon, behind the time schedule 序时进度, or not accepted in time. Otherwise
/// green.
LightReading light_of(WorkItem const& item, Instant now, LightPolicy const& policy,
                      calendar::BusinessCalendar const& calendar);

/// The share of [start, due] that has passed at `now`, in basis points; 0 when there is no due date. By
/// working days it rises with the end of each.
BasisPoints planned_progress(WorkItem const& item, Instant now, LightPolicy const& policy,
                             calendar::BusinessCalendar const& calendar);

/// The first instant after `now` at which `light_of` may answer differently although nobody did anything.
std::optional<Instant> next_light_change(WorkItem const& item, Instant now, LightPolicy const& policy,
                                         calendar::BusinessCalendar const& calendar);

/// Local days that `item` is past its due date at `now`; 0 when it is not.
int days_overdue(WorkItem const& item, Instant now);

}  // namespace xiaohao::decision
