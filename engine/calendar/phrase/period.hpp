#pragma once

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/phrase/scanner.hpp"

namespace xiaohao::calendar::phrase {

/// A stretch of days that a time expression names: a day, 上旬, a month, a quarter, a year, a holiday.
struct Period {
  Date first;
  Date last;
  ScheduleKind kind;  ///< what it makes as a due date by itself: `Date`, `MonthEnd` or `Range`
  Text rule;
  bool holiday = false;
  bool whole_year = false;
  bool month_named = false;  ///< it says its month, so that a later day without one may take it
};

/// What a later expression takes from an earlier one, or from the plan.
struct Inherited {
  int year;
  std::optional<unsigned> month;
};

/// The last day of a month that exists.
Date month_end(int year, unsigned month);

/// Reads a time expression at the scanner. No value inside: there is none here, and nothing was taken.
/// Refuses dates that do not exist, references without a reference date, holidays without data.
Result<std::optional<Period>> take_period(Scanner& scanner, PhraseContext const& context,
                                          Inherited inherited);

}  // namespace xiaohao::calendar::phrase
