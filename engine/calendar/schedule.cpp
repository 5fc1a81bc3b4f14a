#include "engine/calendar/schedule.hpp"

#include <array>
#include <utility>

namespace xiaohao::calendar {
namespace {

constexpr std::array<std::pair<ScheduleKind, std::string_view>, 7> names{
    {{ScheduleKind::Date, "date"},
     {ScheduleKind::MonthEnd, "month_end"},
     {ScheduleKind::Range, "range"},
     {ScheduleKind::Recurrence, "recurrence"},
     {ScheduleKind::Relative, "relative"},
     {ScheduleKind::Open, "open"},
     {ScheduleKind::Immediate, "immediate"}}};

}  // namespace

std::string_view to_string(ScheduleKind kind) {
  for (auto const& [value, name] : names)
    if (value == kind) return name;
  return "";
}

std::optional<ScheduleKind> schedule_kind_named(std::string_view name) {
  for (auto const& [value, candidate] : names)
    if (candidate == name) return value;
  return std::nullopt;
}

}  // namespace xiaohao::calendar
