#pragma once

// The way back: a phrase for a schedule, for people who want to see what was understood in words of their
// own.

#include <optional>
#include <string>

#include "engine/calendar/schedule.hpp"

namespace xiaohao::calendar {

/// A phrase that `read_deadline` reads as `schedule` again (its `phrase` apart), in any plan year and without
/// a reference: `2024年5月底前`, `自2024年3月1日起15日内`, `2024年每季度末月20日前`. 立行立改 reads the same
/// under the same policy's days. Nothing for a schedule that no phrase makes.
std::optional<std::string> phrase_of(Schedule const& schedule);

/// The recurrence alone: `每周一、周四`, `每季度首月10日`. Nothing for a rule that no phrase makes.
std::optional<std::string> phrase_of_rule(std::string_view rule);

}  // namespace xiaohao::calendar
