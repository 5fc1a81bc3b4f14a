#pragma once

// When things happen: the instants of a ladder's steps, and when a message that was held goes out.

#include "engine/calendar/business_calendar.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

/// The instant of `step` for an item due on `due`. A step after the due date that would fall on a rest day or
/// into quiet hours is held to the next working morning; one before it moves back to the last, so that a
/// reminder never comes after what it reminds of. A step of urgent pace stays where it is.
Instant moment_of(Step const& step, Date due, Quiet const& quiet, calendar::BusinessCalendar const& calendar);

/// `instant`, or the next working morning when people are to be left alone at `instant`.
Instant out_of_quiet(Instant instant, Quiet const& quiet, calendar::BusinessCalendar const& calendar);

/// The first working morning that is not before `instant`.
Instant next_morning(Instant instant, Quiet const& quiet, calendar::BusinessCalendar const& calendar);

/// When what a digest should have told days ago is told: as soon as people may be disturbed, but before that
/// day's digest not by itself, so that nobody has two on one morning.
Instant caught_up(Instant now, Quiet const& quiet, calendar::BusinessCalendar const& calendar);

/// When a message decided at `instant` goes out.
Instant paced(Instant instant, Pace pace, Quiet const& quiet, calendar::BusinessCalendar const& calendar);

}  // namespace xiaohao::notifications
