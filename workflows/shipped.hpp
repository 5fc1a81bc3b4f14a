#pragma once

// What the product ships as data, inside the program, so that one file is all there is to install.

#include <optional>
#include <string_view>

#include "engine/calendar/business_calendar.hpp"

namespace xiaohao::workflows {

/// A shipped file by its path below `workflows/`: `calendars/cn-2024-2026.json`.
std::optional<std::string_view> shipped(std::string_view path);

/// The State Council's calendar of the years that the product knows.
Result<calendar::BusinessCalendar> shipped_calendar();

}  // namespace xiaohao::workflows
