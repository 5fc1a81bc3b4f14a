#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/schedule.hpp"
#include "engine/domain/plan.hpp"

namespace xiaohao {

/// The campaigns that a time falls into, for rows whose document names none (an inference, to be marked as
/// one). A time with a start, such as 全年, belongs to every campaign that it touches; a due date alone to
/// the campaign that is running then, or to the next to come: 2月底 is work for the campaign that begins in
/// March.
std::vector<std::string> campaigns_of(calendar::Schedule const& schedule,
                                      std::vector<Campaign> const& campaigns);

}  // namespace xiaohao
