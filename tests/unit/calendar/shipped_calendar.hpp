#pragma once

#include "engine/calendar/business_calendar.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::calendar {

/// The calendar that the product ships, read from its file.
inline BusinessCalendar const& shipped_calendar() {
  static BusinessCalendar const calendar =
      BusinessCalendar::read(json::read_file("workflows/calendars/cn-2024-2026.json").value()).value();
  return calendar;
}

}  // namespace xiaohao::calendar
