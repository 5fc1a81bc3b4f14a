#pragma once

#include <optional>

#include "engine/calendar/phrase/scanner.hpp"
#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar::phrase {

/// 24时, 18时, 17:00, 下班: a deadline is a whole day, so a time of day is taken off, and the note says so;
/// none for 24时, which is the day's end anyway.
Read<std::optional<Text>> take_time_of_day(Scanner& scanner);

}  // namespace xiaohao::calendar::phrase
