#pragma once

// "Why this date?": each date of an item with the phrase it comes from, the rule, the calendar and the
// instant.

#include <optional>
#include <string>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::web {

struct DateReason {
  std::string date_name;  ///< `start`, `due` or `original_due`
  Date date;
  std::string phrase;  ///< as written; empty where no phrase gave it
  Text rule;           ///< how the phrase was read, or who moved the date
  Instant
      instant;  ///< when it begins to count: a start at 0:00, a due date at the end of its day, local time
};

/// Which calendar stands behind an item's dates, and the working days of its ladder.
struct CalendarReason {
  int year;
  bool known;          ///< false: weekends alone were used
  std::string source;  ///< where its days come from; empty when none is known
  Text words;          ///< one sentence of it
};

struct WhyDates {
  std::vector<DateReason> dates;
  std::vector<CalendarReason> calendars;  ///< one for each year that its dates touch
};

/// The change of rules that gave `item` the due date it has now (`due.changed`); none when its phrase or an
/// extension did. Asks the journal only when the date is not the one first promised.
std::optional<JournalEntry> due_change_of(store::Reader const& reader, WorkItem const& item);

/// What the phrase was read from is the item's own start: the day its plan was issued or it was given.
WhyDates why_dates(WorkItem const& item, decision::Rules const& rules,
                   std::optional<JournalEntry> const& changed);

}  // namespace xiaohao::web
