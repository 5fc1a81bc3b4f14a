#pragma once

// The calendar addresses that somebody has, his own and those of units: making, listing, taking back. Pages
// and API go this way.

#include <optional>
#include <string>
#include <vector>

#include "web/application.hpp"

namespace xiaohao::web {

/// An address that was made; without a unit, of his own due dates.
struct KeptCalendar {
  std::optional<UnitId> unit;
  Instant since;
  bool answers;  ///< false: it is of a unit whose calendar he may not have any more
};

/// His own first, then those of units, by unit.
std::vector<KeptCalendar> calendars_of(Application& application, Username const& username);

/// Makes an address in place of the one before and returns it: the only time that it can be read. Refuses a
/// wrong password, and a unit whose calendar the visitor may not have (`may_have_unit_calendar`). Blocks for
/// a hash and a commit: run it on a sign-in worker.
Result<std::string> make_calendar(Application& application, Request const& request,
                                  std::optional<UnitId> const& unit, std::string const& present_password);
/// NotFound when there is none. Blocks for a commit.
Result<void> take_back_calendar(Application& application, Request const& request,
                                std::optional<UnitId> const& unit);

/// Whether the one who made it may still have it.
bool answers(Application& application, identity::UnitCalendarFeed const& feed);

}  // namespace xiaohao::web
