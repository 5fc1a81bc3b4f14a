#pragma once

// The ladder of docs/notifications.md and the default policy, computed a second time: slowly, day by day,
// from tables written down here. It shares no code with the planner: its own holidays, its own lights, its
// own recipients. What it is given is what happened: who is who, the journal's entries, when the program ran,
// who acknowledged what.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace xiaohao::simulation {

/// Milliseconds since 1970, UTC; and local days since 1970. Plain numbers, so that nothing of the product's
/// calendar comes in.
using Millis = long long;
using Day = int;

struct PlainPerson {
  std::string name;
  std::string unit;
  std::string role;  ///< owner, head, coordinator, leader, inspector
  bool has_mail = false;
};

struct PlainUnit {
  std::string head;      ///< empty: none
  std::string superior;  ///< supervising leader; empty: none
};

struct PlainEvent {
  Millis at;
  long long entry;   ///< of the journal
  std::string type;  ///< accept, report, apply, return, close, cancel, ask, grant, refuse
  int progress = 0;  ///< percent, of a report
  Day due = 0;       ///< of `ask`
};

struct PlainItem {
  long long id;
  std::string unit;
  std::optional<Day> due;
  std::vector<PlainEvent> events;  ///< in order
};

struct PlainAcknowledgement {
  std::size_t before_run;  ///< seen by the runs from this one on
  std::string who;
  long long item;
  std::string kind;
  Day due;
};

struct PlainSilence {
  std::size_t before_run;  ///< seen by the runs from this one on: one may be set at the instant of a run
  Millis from, until;
  std::optional<long long> item;
  std::string unit, who, kind;
};

struct PlainAbsence {
  std::size_t before_run;  ///< likewise: after a kill the clock may go on from before what it had come to
  Day first, last;
  std::string away, substitute;
};

/// The program looked at the clock and did what was due.
struct PlainRun {
  Millis clock;
  Millis counted;     ///< the clock, but never before what had happened already
  long long entries;  ///< of the journal, when messages were gathered; 0: it was killed before that
};

struct PlainYear {
  std::vector<PlainPerson> people;
  std::map<std::string, PlainUnit> units;
  std::vector<PlainItem> items;
  std::vector<PlainRun> runs;
  std::vector<PlainAcknowledgement> acknowledgements;
  std::vector<PlainSilence> silences;
  std::vector<PlainAbsence> absences;
  Millis begins;
};

/// One line for each notice of the ladder: `7 2024-02-29 urge owner-3 mail sent`, or `… withheld:late`.
std::set<std::string> recompute(PlainYear const& year);

Day day_of(Millis instant);
bool works(Day day);  ///< a working day of 2024 or January 2025
Millis clock_on(Day day, int hour, int minute);
Day day_from(std::string const& text);  ///< `2024-02-29`
std::string text_of(Day day);

}  // namespace xiaohao::simulation
