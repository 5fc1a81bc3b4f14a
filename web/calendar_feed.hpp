#pragma once

// Due dates for the calendar programs of phones and desks: what `/calendar/{secret}.ics` sends.

#include <optional>
#include <string>

#include "web/application.hpp"

namespace xiaohao::web {

/// The calendar of `username`, RFC 5545. Each item with a due date that he may read is an all-day event and a
/// to-do, of the same UIDs for ever, so that a change replaces what the program has. Of whom it is: `unit`
/// when it is given, else his own unit, and for those who have none the plan's tasks. `address` is where
/// people reach this server, for links; empty: none.
std::string calendar_of(Application& application, Username const& username, std::optional<UnitId> const& unit,
                        std::string const& address, Language language);

/// The calendar of all the duties of a unit, named after it, as its maker may read them. RFC 5545, with the
/// same UIDs as in `calendar_of`.
std::string unit_calendar_of(Application& application, identity::UnitCalendarFeed const& feed,
                             std::string const& address, Language language);

/// Where the request came to, as its sender wrote it: `https://xiaohao.county.example`. Empty when anything
/// but a name and a port stands there.
std::string server_address(Application const& application, Request const& request);

}  // namespace xiaohao::web
