#include "engine/calendar/recurrence.hpp"

#include <algorithm>
#include <functional>

namespace xiaohao::calendar {
namespace {

using namespace std::chrono;

int day_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.day())); }
int month_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.month())); }
int year_of(Date date) { return static_cast<int>(date.year()); }
Date last_day(Date date) { return Date{date.year() / date.month() / last}; }
Date monday_of(Date date) { return add_days(date, 1 - static_cast<int>(weekday_of(date).iso_encoding())); }

bool holds(std::vector<int> const& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// The n-th from the front and from the end of its month or year, both counted from 1.
struct Place {
  int front, back;
};
Place place_in_month(Date date) {
  return {(day_of(date) - 1) / 7 + 1, (day_of(last_day(date)) - day_of(date)) / 7 + 1};
}
Place place_in_year(Date date) {
  Date const first{date.year() / January / 1}, end{date.year() / December / 31};
  return {days_between(first, date) / 7 + 1, days_between(date, end) / 7 + 1};
}

/// One rule with all that the anchor decides where the rule is silent (RFC 5545: "information … is derived
/// from DTSTART").
class Series {
 public:
  Series(RecurrenceRule rule, Date anchor) : rule_(std::move(rule)), anchor_(anchor) {
    if (!rule_.month_days.empty() || !rule_.weekdays.empty()) return;
    if (rule_.frequency == Frequency::Weekly)
      rule_.weekdays.push_back({0, static_cast<int>(weekday_of(anchor).iso_encoding())});
    if (rule_.frequency == Frequency::Yearly && rule_.months.empty())
      rule_.months.push_back(month_of(anchor));
    if (rule_.frequency == Frequency::Yearly || rule_.frequency == Frequency::Monthly)
      rule_.month_days.push_back(day_of(anchor));
  }

  /// Calls `visit` with the occurrences in order until it returns false. None before `from` is visited, and
  /// none after `to`.
  void each(Date from, Date to, std::function<bool(Date)> const& visit) const {
    if (rule_.until) to = std::min(to, *rule_.until);
    Date const begin = std::max(from, anchor_);
    int left = rule_.count.value_or(0);
    // A count can only be kept from its beginning; otherwise earlier periods need not be looked at.
    for (int period = rule_.count ? 0 : first_period(begin);; ++period) {
      auto const [first, end] = days_of(period);
      if (first > to) return;
      for (Date date = std::max(first, anchor_); date <= end; date = add_days(date, 1)) {
        if (!rule_.months.empty() && !holds(rule_.months, month_of(date))) {
          date = last_day(date);
          continue;
        }
        if (date > to) return;
        if (!occurs(date)) continue;
        if (rule_.count && left-- == 0) return;
        if (date >= begin && !visit(date)) return;
      }
    }
  }

 private:
  RecurrenceRule rule_;
  Date anchor_;

  int periods_between(Date date) const {
    switch (rule_.frequency) {
      case Frequency::Daily:
        return days_between(anchor_, date);
      case Frequency::Weekly:
        return days_between(monday_of(anchor_), monday_of(date)) / 7;
      case Frequency::Monthly:
        return (year_of(date) - year_of(anchor_)) * 12 + month_of(date) - month_of(anchor_);
      case Frequency::Yearly:
        return year_of(date) - year_of(anchor_);
    }
    return 0;
  }
  int first_period(Date begin) const { return periods_between(begin) / rule_.interval; }

  struct Days {
    Date first, last;
  };
  Days days_of(int period) const {
    int const shift = period * rule_.interval;
    switch (rule_.frequency) {
      case Frequency::Daily: {
        Date const date = add_days(anchor_, shift);
        return {date, date};
      }
      case Frequency::Weekly: {
        Date const monday = add_days(monday_of(anchor_), shift * 7);
        return {monday, add_days(monday, 6)};
      }
      case Frequency::Monthly: {
        year_month const month = year_month{anchor_.year(), anchor_.month()} + months{shift};
        return {Date{month / 1}, Date{month / last}};
      }
      case Frequency::Yearly: {
        year const y = anchor_.year() + years{shift};
        return {Date{y / January / 1}, Date{y / December / 31}};
      }
    }
    return {anchor_, anchor_};
  }

  bool occurs(Date date) const {
    if (!rule_.month_days.empty() && !holds(rule_.month_days, day_of(date)) &&
        !holds(rule_.month_days, day_of(date) - day_of(last_day(date)) - 1))
      return false;
    return rule_.weekdays.empty() || on_weekday(date);
  }

  bool on_weekday(Date date) const {
    int const number = static_cast<int>(weekday_of(date).iso_encoding());
    bool const in_year = rule_.frequency == Frequency::Yearly && rule_.months.empty();
    return std::any_of(rule_.weekdays.begin(), rule_.weekdays.end(), [&](Weekday const& day) {
      if (day.number != number) return false;
      if (day.ordinal == 0) return true;
      Place const place = in_year ? place_in_year(date) : place_in_month(date);
      return day.ordinal == place.front || day.ordinal == -place.back;
    });
  }
};

}  // namespace

std::vector<Date> occurrences(RecurrenceRule const& rule, Date anchor, Date from, Date to) {
  std::vector<Date> found;
  if (from <= to)
    Series(rule, anchor).each(from, to, [&](Date date) {
      found.push_back(date);
      return true;
    });
  return found;
}

std::optional<Date> next_occurrence(RecurrenceRule const& rule, Date anchor, Date after) {
  std::optional<Date> found;
  // The calendar repeats every 400 years: what has not occurred in as many periods of those never will.
  int const horizon = std::min(9999, std::max(year_of(after), year_of(anchor)) + 400 * rule.interval + 1);
  Date const end = year{horizon} / December / 31;
  if (after < end)
    Series(rule, anchor).each(add_days(after, 1), end, [&](Date date) {
      found = date;
      return false;
    });
  return found;
}

Result<std::vector<Date>> occurrences(std::string_view text, Date first, Date last) {
  Result<RecurrenceRule> const rule = RecurrenceRule::read(text);
  if (!rule) return tl::unexpected(rule.error());
  return occurrences(*rule, first, first, last);
}

}  // namespace xiaohao::calendar
