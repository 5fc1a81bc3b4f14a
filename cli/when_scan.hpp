#pragma once

#include <iosfwd>
#include <string>

#include "cli/arguments.hpp"
#include "engine/calendar/business_calendar.hpp"

namespace xiaohao::cli {

/// `xiaohao when --scan FILE|- [--year N] [--reference DATE] [--json]`: the deadline phrases of a text, one a
/// line with its place and its meaning, or as one JSON document {"file","year","found":[…],"read","unread"}.
int when_scan(std::string const& file, Arguments const& arguments, calendar::BusinessCalendar const& calendar,
              std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
