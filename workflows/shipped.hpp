#pragma once

// What the product ships as data, inside the program, so that one file is all there is to install.

#include <optional>
#include <string_view>

#include "engine/calendar/business_calendar.hpp"
#include "engine/identity/password_rules.hpp"

namespace xiaohao::workflows {

/// A shipped file by its path below `workflows/`: `calendars/cn-2024-2026.json`.
std::optional<std::string_view> shipped(std::string_view path);

/// The State Council's calendar of the years that the product knows.
Result<calendar::BusinessCalendar> shipped_calendar();

/// Which passwords may be chosen: `default` (OWASP ASVS 5.0) or `等保三级`; another name is NotFound.
Result<identity::PasswordRules> shipped_password_rules(std::string_view name);

}  // namespace xiaohao::workflows
