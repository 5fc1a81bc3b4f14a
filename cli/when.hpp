#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/calendar/business_calendar.hpp"

namespace xiaohao::cli {

/// `xiaohao when PHRASE --year N [--reference DATE] [--json]`: reads a deadline phrase; with `--scan FILE|-`
/// finds and reads those of a text.
int when_command(std::vector<std::string> const& arguments, calendar::BusinessCalendar const& calendar,
                 std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
