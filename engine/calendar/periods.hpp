#pragma once

// The periods of a duty that recurs. They are made one after the other, each from the one before it:
//
//     Series const series = *series_of("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", first, last);
//     series.first            一季度, 1 January to 31 March
//     series.rule             "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;UNTIL=20241231"
//     period_after(rule, due) 二季度, 1 April to 30 June
//
// An occurrence keeps the bounded rule; with its own due date it is all that is needed to go on.

#include <optional>
#include <string>
#include <string_view>

#include "engine/calendar/recurrence.hpp"

namespace xiaohao::calendar {

/// One period: from the day after the last one to its own due date.
struct Period {
  std::string name;  ///< 一季度, 3月, or 3月15日 where a month has several
  Date start;
  Date due;
  friend bool operator==(Period const&, Period const&) = default;
};

/// More periods than this in a series are no checkpoints but a daily routine: weekly is the most that a
/// person confirms.
inline constexpr std::size_t periods_max = 60;

struct Series {
  RecurrenceRule rule;          ///< as written, and until the last day
  std::optional<Period> first;  ///< none: no period ends in time
};

/// The series of an RFC 5545 rule as a deadline phrase makes it, in [first, last]. Refuses (Malformed) a rule
/// that no phrase makes, and one with more than `periods_max` periods.
Result<Series> series_of(std::string_view rule, Date first, Date last);

/// The period that follows the one due on `due`, which is an occurrence of `rule`; none after its last.
std::optional<Period> period_after(RecurrenceRule const& rule, Date due);

/// What the period due on `due` is called: by the largest unit that tells it from the others of its year.
std::string period_name(RecurrenceRule const& rule, Date due);

}  // namespace xiaohao::calendar
