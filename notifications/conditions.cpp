#include "notifications/conditions.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

using std::chrono::months;
using std::chrono::year_month;

/// Red may be interrupted by an application and begin anew with its return: looked for during a year more.
constexpr int bulletins_after_an_interruption = 12;

year_month month_of(Instant instant) {
  Date const date = local_date(instant);
  return date.year() / date.month();
}

int quarter_of(year_month month) { return (static_cast<int>(static_cast<unsigned>(month.month())) - 1) / 3; }

bool same_quarter(year_month a, year_month b) {
  return a.year() == b.year() && quarter_of(a) == quarter_of(b);
}

Date start_of(WorkItem const& item) {
  using namespace std::chrono;
  return item.definition.schedule.start.value_or(Date{year{item.definition.plan.value()} / January / 1});
}

/// How the item stood at `at`; nothing when it was not there yet.
ItemStatus const* status_at(std::vector<decision::Stood> const& history, Instant at) {
  ItemStatus const* found = nullptr;
  for (decision::Stood const& stood : history)
    if (stood.from <= at) found = &stood.status;
  return found;
}

std::vector<decision::Stood> history_of(WorkItem const& item, decision::Surroundings const& surroundings) {
  if (!surroundings.history) return {{Instant{}, item.status}};
  std::vector<decision::Stood> history = surroundings.history();
  if (history.empty()) history.push_back({Instant{}, item.status});
  return history;
}

}  // namespace

bool holds(Condition const& condition, WorkItem const& item, Instant now, Lights const& lights) {
  ItemStatus const& status = item.status;
  if (!condition.lights.empty()) {
    decision::Light const light = decision::light_of(item, now, lights.policy, lights.calendar).light;
    if (std::find(condition.lights.begin(), condition.lights.end(), light) == condition.lights.end())
      return false;
  }
  auto const& stages = condition.stages;
  if (!stages.empty() && std::find(stages.begin(), stages.end(), status.stage) == stages.end()) return false;
  if (condition.progress_below && status.progress >= *condition.progress_below) return false;
  if (condition.accepted && status.accepted_at.has_value() != *condition.accepted) return false;
  return !condition.returns_at_least || status.returns >= *condition.returns_at_least;
}

Instant bulletin_of(year_month month, Bulletins const& bulletins,
                    calendar::BusinessCalendar const& calendar) {
  Date const day = month / std::chrono::day{static_cast<unsigned>(bulletins.day_of_month)};
  return at_local_time(calendar.roll_forward(day), bulletins.time);
}

std::vector<Instant> watched_bulletins(Watch const& watch, WorkItem const& item, Bulletins const& bulletins,
                                       calendar::BusinessCalendar const& calendar) {
  std::vector<Instant> found;
  if (!item.status.due) return found;
  bool const red = watch.light == decision::Light::Red;
  Instant const due = end_of_day(*item.status.due);
  Instant const from = red ? due : start_of_day(start_of(item));
  // What was returned, reopened or extended may have been red before its present due date, or not red after
  // it.
  bool const eventful = item.status.returns > 0 || item.status.cycle > 1 || item.status.extensions > 0;
  int const seen_max = watch.times + 2 + bulletins_after_an_interruption;
  int seen = 0, in_quarter = 0;
  std::optional<year_month> before;
  for (year_month month = month_of(from); !red || seen < seen_max; month += months{1}) {
    Instant const at = bulletin_of(month, bulletins, calendar);
    if (at < from) continue;
    if (!red && at >= due) break;
    ++seen;
    in_quarter = before && same_quarter(*before, month) ? in_quarter + 1 : 1;
    before = month;
    bool const too_few = (watch.in_a_row ? seen : in_quarter) < watch.times;
    if (too_few && !(red && eventful)) continue;
    found.push_back(at);
    if (red && !eventful) break;
  }
  return found;
}

bool met(Watch const& watch, WorkItem const& item, Instant at, decision::Surroundings const& surroundings,
         Bulletins const& bulletins, Lights const& lights) {
  std::vector<Instant> looked_at{at};
  year_month const last = month_of(at);
  for (int back = 1; back < (watch.in_a_row ? watch.times : 3); ++back)
    if (year_month const month = last - months{back}; watch.in_a_row || same_quarter(month, last))
      looked_at.push_back(bulletin_of(month, bulletins, lights.calendar));

  std::optional<std::vector<decision::Stood>> history;
  auto const is_of_the_light = [&](Instant bulletin) {
    ItemStatus const* status = &item.status;
    if (bulletin != surroundings.now) {
      if (!history) history = history_of(item, surroundings);
      status = status_at(*history, bulletin);
    }
    if (!status) return false;
    return decision::light_of({item.definition, *status}, bulletin, lights.policy, lights.calendar).light ==
           watch.light;
  };
  int missing = watch.times;
  for (std::size_t seen = 0; seen < looked_at.size() && missing > 0; ++seen) {
    if (missing > static_cast<int>(looked_at.size() - seen)) return false;
    if (is_of_the_light(looked_at[seen])) --missing;
  }
  return missing <= 0;
}

}  // namespace xiaohao::notifications
