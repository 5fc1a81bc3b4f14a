#pragma once

// The days on which a recurring duty falls due: rules of RFC 5545 (3.3.10), as far as deadline phrases make
// them.
//
//     RecurrenceRule::read("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")   // each quarter's last day
//     occurrences(rule, anchor, from, to)
//
// Occurrences are counted from the anchor (DTSTART), never from the last occurrence: a late one does not
// shift those after it. The anchor itself is an occurrence only where the rule names it. Days are local
// dates, weeks begin on Monday, and a day that a month does not have is left out, as the RFC says.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/time.hpp"

namespace xiaohao::calendar {

using xiaohao::to_string;  // dates print beside rules; the overload below would hide them

enum class Frequency { Daily, Weekly, Monthly, Yearly };

/// A day of the week; with an ordinal the n-th of its month (or year), from the end where negative.
struct Weekday {
  int ordinal = 0;  ///< 0: each
  int number = 1;   ///< 1 is Monday, 7 is Sunday
  friend auto operator<=>(Weekday const&, Weekday const&) = default;
};

struct RecurrenceRule {
  Frequency frequency = Frequency::Daily;
  int interval = 1;
  std::optional<int> count;     ///< so many occurrences from the anchor on
  std::optional<Date> until;    ///< the last day that may be one
  std::vector<int> months;      ///< 1 to 12, ascending
  std::vector<int> month_days;  ///< 1 to 31 ascending, then -31 to -1 (the last day)
  std::vector<Weekday> weekdays;

  /// Reads FREQ, INTERVAL, COUNT, UNTIL (a date), BYMONTH, BYMONTHDAY, BYDAY and WKST=MO, each once, in any
  /// order. Refuses (Malformed) everything else that RFC 5545 knows, since no deadline phrase makes it, and
  /// what the RFC forbids: COUNT beside UNTIL, BYMONTHDAY in weeks, ordinals in weeks or days.
  static Result<RecurrenceRule> read(std::string_view text);

  friend bool operator==(RecurrenceRule const&, RecurrenceRule const&) = default;
};

/// The rule in one spelling, that of the deadline phrases; reads as the same rule.
std::string to_string(RecurrenceRule const& rule);

/// The occurrences in [from, to], in order, of a rule that begins at `anchor`.
std::vector<Date> occurrences(RecurrenceRule const& rule, Date anchor, Date from, Date to);

/// The first occurrence after `after`, up to the end of year 9999; nothing when there is none.
std::optional<Date> next_occurrence(RecurrenceRule const& rule, Date anchor, Date after);

/// The occurrences of a rule as written that begins at `first`, in [first, last].
Result<std::vector<Date>> occurrences(std::string_view rule, Date first, Date last);

}  // namespace xiaohao::calendar
