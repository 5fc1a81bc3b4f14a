#include "engine/model/time.hpp"

#include <cstdint>
#include <cstdio>
#include <limits>

namespace xiaohao {
namespace {

using namespace std::chrono;

/// Takes `count` digits off the front of `text`; nothing when they are not all digits.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (char digit : text.substr(0, count)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  auto const y = take_digits(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  auto const m = take_digits(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  auto const d = take_digits(text, 2);
  if (!d || *y == 0) return std::nullopt;
  Date const date = year{*y} / month{static_cast<unsigned>(*m)} / day{static_cast<unsigned>(*d)};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<milliseconds> take_time_of_day(std::string_view& text) {
  auto const h = take_digits(text, 2);
  if (!h || !take(text, ':')) return std::nullopt;
  auto const m = take_digits(text, 2);
  if (!m || !take(text, ':')) return std::nullopt;
  auto const s = take_digits(text, 2);
  if (!s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  milliseconds time = hours{*h} + minutes{*m} + seconds{*s};
  if (take(text, '.')) {
    int scale = 100;
    std::size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits, scale /= 10) {
      time += milliseconds{(text.front() - '0') * scale};
      text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
  }
  return time;
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return minutes{0};
  bool const negative = !text.empty() && text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  auto const h = take_digits(text, 2);
  if (!h || !take(text, ':')) return std::nullopt;
  auto const m = take_digits(text, 2);
  if (!m || *h > 23 || *m > 59) return std::nullopt;
  minutes const offset = hours{*h} + minutes{*m};
  return negative ? -offset : offset;
}

/// Milliseconds of one designator of a duration, in the order in which ISO 8601 allows them.
struct Designator {
  char letter;
  bool after_t;
  std::int64_t milliseconds;
};
constexpr Designator designators[] = {{'W', false, 604'800'000},
                                      {'D', false, 86'400'000},
                                      {'H', true, 3'600'000},
                                      {'M', true, 60'000},
                                      {'S', true, 1'000}};

}  // namespace

Instant start_of_day(Date date) { return Instant{sys_days{date}} - plan_utc_offset; }
Instant end_of_day(Date date) { return start_of_day(date) + days{1}; }
Instant at_local_time(Date date, minutes since_midnight) { return start_of_day(date) + since_midnight; }
Date local_date(Instant instant) { return Date{floor<days>(instant + plan_utc_offset)}; }

Date add_days(Date date, int count) { return Date{sys_days{date} + days{count}}; }
int days_between(Date from, Date to) { return static_cast<int>((sys_days{to} - sys_days{from}).count()); }
weekday weekday_of(Date date) { return weekday{sys_days{date}}; }

std::string to_string(Date date) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

std::string to_string(Instant instant) {
  auto const local = instant + plan_utc_offset;
  auto const midnight = floor<days>(local);
  hh_mm_ss<milliseconds> const time{local - midnight};
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03d+08:00", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return to_string(Date{midnight}) + buffer;
}

Result<Date> parse_date(std::string_view text) {
  std::string_view rest = text;
  auto const date = take_date(rest);
  if (!date || !rest.empty())
    return refuse(Reason::Malformed, "",
                  {"应为存在的日期，格式 YYYY-MM-DD", "must be a date that exists, as YYYY-MM-DD"});
  return *date;
}

Result<Instant> parse_instant(std::string_view text) {
  std::string_view rest = text;
  auto const date = take_date(rest);
  bool const separated = date && (take(rest, 'T') || take(rest, 't') || take(rest, ' '));
  auto const time = separated ? take_time_of_day(rest) : std::nullopt;
  auto const offset = time ? take_offset(rest) : std::nullopt;
  if (!offset || !rest.empty())
    return refuse(Reason::Malformed, "",
                  {"应为带时区的时间，如 2024-02-29T08:00:00+08:00",
                   "must be an instant with offset, such as 2024-02-29T08:00:00+08:00"});
  return Instant{sys_days{*date}} + *time - *offset;
}

Result<Duration> parse_duration(std::string_view text) {
  auto const refusal = [] {
    return refuse(Reason::Malformed, "",
                  {"应为 ISO 8601 时长（周、天、时、分、秒），如 P3D",
                   "must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P3D"});
  };
  std::string_view rest = text;
  if (!take(rest, 'P')) return refusal();
  std::int64_t total = 0;
  bool after_t = false;
  std::size_t next = 0, parts = 0, parts_after_t = 0;
  while (!rest.empty()) {
    if (!after_t && take(rest, 'T')) {
      after_t = true;
      continue;
    }
    std::int64_t count = 0;
    std::size_t digits = 0;
    for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; ++digits, rest.remove_prefix(1)) {
      if (digits == 9) return refusal();  // nine digits of weeks still fit into 64 bits of milliseconds
      count = count * 10 + (rest.front() - '0');
    }
    if (digits == 0 || rest.empty()) return refusal();
    while (next < std::size(designators) &&
           (designators[next].letter != rest.front() || designators[next].after_t != after_t))
      ++next;
    if (next == std::size(designators)) return refusal();
    rest.remove_prefix(1);
    total += count * designators[next++].milliseconds;
    ++parts;
    if (after_t) ++parts_after_t;
  }
  if (parts == 0 || (after_t && parts_after_t == 0)) return refusal();
  return Duration{total};
}

}  // namespace xiaohao
