#include "engine/calendar/recurrence.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace xiaohao::calendar {
namespace {

using namespace std::chrono;

enum class Frequency { Daily, Weekly, Monthly, Yearly };

struct Rule {
  std::optional<Frequency> frequency;
  int interval = 1;
  std::vector<int> months;
  std::vector<int> month_days;  ///< 1 to 31, or -1 for the last
  std::vector<int> weekdays;    ///< 1 is Monday
};

tl::unexpected<Refusal> cannot_read(std::string_view part) {
  std::string const what(part);
  return refuse(Reason::Malformed, "",
                {"不能识别的周期“" + what + "”", "\"" + what + "\" is no part of a recurrence known here"});
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::vector<int>> numbers(std::string_view text, int min, int max) {
  std::vector<int> found;
  for (std::string_view part : split(text, ',')) {
    int number = 0;
    auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size() || number < min || number > max ||
        number == 0)
      return std::nullopt;
    found.push_back(number);
  }
  return found;
}

std::optional<std::vector<int>> weekdays_named(std::string_view text) {
  static constexpr std::array<std::string_view, 7> names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  std::vector<int> found;
  for (std::string_view part : split(text, ',')) {
    auto const name = std::find(names.begin(), names.end(), part);
    if (name == names.end()) return std::nullopt;
    found.push_back(static_cast<int>(name - names.begin()) + 1);
  }
  return found;
}

std::optional<Frequency> frequency_named(std::string_view name) {
  if (name == "DAILY") return Frequency::Daily;
  if (name == "WEEKLY") return Frequency::Weekly;
  if (name == "MONTHLY") return Frequency::Monthly;
  if (name == "YEARLY") return Frequency::Yearly;
  return std::nullopt;
}

/// Takes `part` into `rule`; false when it says something else than a rule can hold.
bool take(std::string_view part, Rule& rule) {
  auto const equals = part.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view const name = part.substr(0, equals);
  std::string_view const value = part.substr(equals + 1);
  auto const list = [&](std::vector<int>& into, std::optional<std::vector<int>> read) {
    if (read) into = std::move(*read);
    return read.has_value();
  };
  if (name == "FREQ") return (rule.frequency = frequency_named(value)).has_value();
  if (name == "BYMONTH") return list(rule.months, numbers(value, 1, 12));
  if (name == "BYMONTHDAY") return list(rule.month_days, numbers(value, -1, 31));
  if (name == "BYDAY") return list(rule.weekdays, weekdays_named(value));
  std::vector<int> interval;
  if (name != "INTERVAL" || !list(interval, numbers(value, 1, 999)) || interval.size() != 1) return false;
  rule.interval = interval.front();
  return true;
}

Result<Rule> read_rule(std::string_view text) {
  Rule rule;
  for (std::string_view part : split(text, ';'))
    if (!take(part, rule)) return cannot_read(part);
  bool const days_of_week = rule.frequency == Frequency::Weekly;
  if (!rule.frequency || (!days_of_week && !rule.weekdays.empty())) return cannot_read(text);
  return rule;
}

bool holds(std::vector<int> const& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

int month_number(Date date) {
  return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

Date monday_of(Date date) { return add_days(date, 1 - static_cast<int>(weekday_of(date).iso_encoding())); }

bool is_last_of_month(Date date) { return (date.year() / date.month() / last).day() == date.day(); }

bool on_its_day(Rule const& rule, Date date, Date first) {
  if (rule.month_days.empty()) return date.day() == first.day();
  return holds(rule.month_days, static_cast<int>(static_cast<unsigned>(date.day()))) ||
         (holds(rule.month_days, -1) && is_last_of_month(date));
}

bool in_its_month(Rule const& rule, Date date) {
  return rule.months.empty() || holds(rule.months, static_cast<int>(static_cast<unsigned>(date.month())));
}

bool occurs(Rule const& rule, Date date, Date first) {
  switch (*rule.frequency) {
    case Frequency::Daily:
      return days_between(first, date) % rule.interval == 0;
    case Frequency::Weekly: {
      int const week = days_between(monday_of(first), monday_of(date)) / 7;
      int const day = static_cast<int>(weekday_of(date).iso_encoding());
      bool const its_day =
          rule.weekdays.empty() ? weekday_of(date) == weekday_of(first) : holds(rule.weekdays, day);
      return week % rule.interval == 0 && its_day;
    }
    case Frequency::Monthly:
      return (month_number(date) - month_number(first)) % rule.interval == 0 && in_its_month(rule, date) &&
             on_its_day(rule, date, first);
    case Frequency::Yearly:
      return (static_cast<int>(date.year()) - static_cast<int>(first.year())) % rule.interval == 0 &&
             (rule.months.empty() ? date.month() == first.month() : in_its_month(rule, date)) &&
             on_its_day(rule, date, first);
  }
  return false;
}

}  // namespace

Result<std::vector<Date>> occurrences(std::string_view text, Date first, Date last_day) {
  Result<Rule> const rule = read_rule(text);
  if (!rule) return tl::unexpected(rule.error());
  std::vector<Date> found;
  // A plan's year has 366 days at most, so each is simply asked.
  for (Date date = first; date <= last_day; date = add_days(date, 1))
    if (occurs(*rule, date, first)) found.push_back(date);
  return found;
}

}  // namespace xiaohao::calendar
