#pragma once

// What a step waits for besides its day: conditions on the item as it stands, and rules over history
// 连续红灯.

#include "engine/calendar/business_calendar.hpp"
#include "engine/decision/escalation.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

/// What lights are read by.
struct Lights {
  decision::LightPolicy const& policy;
  calendar::BusinessCalendar const& calendar;
};

bool holds(Condition const& condition, WorkItem const& item, Instant now, Lights const& lights);

/// The bulletin of a month, on its day or the next working day.
Instant bulletin_of(std::chrono::year_month month, Bulletins const& bulletins,
                    calendar::BusinessCalendar const& calendar);

/// The bulletins on which `watch` may be met for an item with a due date, in order, and finitely many: for
/// red after the due date, for other lights before it. A light that nothing has interrupted is met on the
/// first.
std::vector<Instant> watched_bulletins(Watch const& watch, WorkItem const& item, Bulletins const& bulletins,
                                       calendar::BusinessCalendar const& calendar);

/// Whether `watch` is met on the bulletin at `at`, as the history in `surroundings` tells how the item stood
/// then and on those before. It is asked for only when it can still turn the answer.
bool met(Watch const& watch, WorkItem const& item, Instant at, decision::Surroundings const& surroundings,
         Bulletins const& bulletins, Lights const& lights);

}  // namespace xiaohao::notifications
