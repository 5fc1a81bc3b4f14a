#include "notifications/moments.hpp"

namespace xiaohao::notifications {
namespace {

bool is_quiet(Instant instant, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  Date const date = local_date(instant);
  if (quiet.rest_days && !calendar.is_working_day(date)) return true;
  auto const time = instant - start_of_day(date);
  return quiet.from > quiet.to ? time >= quiet.from || time < quiet.to
                               : time >= quiet.from && time < quiet.to;
}

bool is_workday(Date date, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  return !quiet.rest_days || calendar.is_working_day(date);
}

Instant last_morning(Instant before, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  Date date = local_date(before);
  while (!is_workday(date, quiet, calendar) || at_local_time(date, quiet.morning) > before)
    date = add_days(date, -1);
  return at_local_time(date, quiet.morning);
}

}  // namespace

Instant next_morning(Instant instant, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  Date date = local_date(instant);
  while (!is_workday(date, quiet, calendar) || at_local_time(date, quiet.morning) < instant)
    date = add_days(date, 1);
  return at_local_time(date, quiet.morning);
}

Instant out_of_quiet(Instant instant, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  return is_quiet(instant, quiet, calendar) ? next_morning(instant, quiet, calendar) : instant;
}

Instant caught_up(Instant now, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  Instant const undisturbed = out_of_quiet(now, quiet, calendar);
  Instant const morning = next_morning(now, quiet, calendar);
  return local_date(morning) == local_date(undisturbed) ? morning : undisturbed;
}

Instant paced(Instant instant, Pace pace, Quiet const& quiet, calendar::BusinessCalendar const& calendar) {
  switch (pace) {
    case Pace::Morning:
      return next_morning(instant, quiet, calendar);
    case Pace::Prompt:
      return out_of_quiet(instant, quiet, calendar);
    case Pace::Urgent:
      break;
  }
  return instant;
}

Instant moment_of(Step const& step, Date due, Quiet const& quiet,
                  calendar::BusinessCalendar const& calendar) {
  Instant instant;
  switch (step.offset.unit) {
    case Offset::Unit::WorkingDays:
      instant = at_local_time(calendar.add_working_days(due, step.offset.count), step.time_of_day);
      break;
    case Offset::Unit::Days:
      instant = at_local_time(add_days(due, step.offset.count), step.time_of_day);
      break;
    case Offset::Unit::Hours:
      instant = end_of_day(due) + std::chrono::hours{step.offset.count};
      break;
  }
  if (step.pace == Pace::Urgent || !is_quiet(instant, quiet, calendar)) return instant;
  return step.offset.count < 0 ? last_morning(instant, quiet, calendar)
                               : next_morning(instant, quiet, calendar);
}

}  // namespace xiaohao::notifications
