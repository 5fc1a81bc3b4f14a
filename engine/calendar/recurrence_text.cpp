// Rules as text: reading and writing.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "engine/calendar/recurrence.hpp"

namespace xiaohao::calendar {
namespace {

constexpr std::size_t characters_max = 500;
constexpr std::array<std::string_view, 4> frequencies{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> weekday_names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

tl::unexpected<Refusal> wrong(std::string_view part, std::string const& zh, std::string const& en) {
  std::string const what(part.substr(0, 80));
  return refuse(Reason::Malformed, "", {"周期规则“" + what + "”" + zh, "\"" + what + "\" " + en});
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

/// Digits, with a sign where `min` is negative; no plus, no spaces, no leading zeros.
std::optional<int> number(std::string_view text, int min, int max) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const zero_first = text.starts_with("0") || text.starts_with("-0");
  if (error != std::errc{} || end != text.data() + text.size() || zero_first || value < min || value > max ||
      value == 0)
    return std::nullopt;
  return value;
}

std::optional<std::vector<int>> numbers(std::string_view text, int min, int max) {
  std::vector<int> found;
  for (std::string_view part : split(text, ',')) {
    auto const value = number(part, min, max);
    if (!value) return std::nullopt;
    found.push_back(*value);
  }
  // In the order of the month: days from its end stand after those from its beginning.
  std::sort(found.begin(), found.end(),
            [](int a, int b) { return (a < 0 ? a + 100 : a) < (b < 0 ? b + 100 : b); });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<std::vector<Weekday>> weekdays(std::string_view text) {
  std::vector<Weekday> found;
  for (std::string_view part : split(text, ',')) {
    if (part.size() < 2) return std::nullopt;
    auto const name = std::find(weekday_names.begin(), weekday_names.end(), part.substr(part.size() - 2));
    if (name == weekday_names.end()) return std::nullopt;
    Weekday day{0, static_cast<int>(name - weekday_names.begin()) + 1};
    std::string_view ordinal = part.substr(0, part.size() - 2);
    if (ordinal.starts_with('+') && ordinal.size() > 1 && ordinal[1] != '-') ordinal.remove_prefix(1);
    if (!ordinal.empty()) {
      auto const value = number(ordinal, -53, 53);
      if (!value) return std::nullopt;
      day.ordinal = *value;
    }
    found.push_back(day);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// `20241231`: the anchor is a date, so UNTIL is one too.
std::optional<Date> basic_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  std::string const extended = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
                               std::string(text.substr(6));
  auto const date = parse_date(extended);
  return date ? std::optional(*date) : std::nullopt;
}

template <class Value>
bool keep(Value& into, std::optional<Value> value) {
  if (value) into = std::move(*value);
  return value.has_value();
}

/// Takes NAME=VALUE into the rule; false when the value is wrong.
bool take(std::string_view name, std::string_view value, RecurrenceRule& rule) {
  if (name == "FREQ") {
    auto const found = std::find(frequencies.begin(), frequencies.end(), value);
    if (found == frequencies.end()) return false;
    rule.frequency = static_cast<Frequency>(found - frequencies.begin());
    return true;
  }
  if (name == "INTERVAL") return keep(rule.interval, number(value, 1, 999));
  if (name == "COUNT") return (rule.count = number(value, 1, 10'000)).has_value();
  if (name == "UNTIL") return (rule.until = basic_date(value)).has_value();
  if (name == "BYMONTH") return keep(rule.months, numbers(value, 1, 12));
  if (name == "BYMONTHDAY") return keep(rule.month_days, numbers(value, -31, 31));
  if (name == "BYDAY") return keep(rule.weekdays, weekdays(value));
  return value == "MO";  // WKST
}

/// What RFC 5545 forbids of parts beside each other.
Result<void> check(RecurrenceRule const& rule, std::string_view text) {
  bool const by_month = rule.frequency == Frequency::Monthly || rule.frequency == Frequency::Yearly;
  if (rule.count && rule.until)
    return wrong(text, "不能同时写 COUNT 和 UNTIL", "has both COUNT and UNTIL; keep one");
  if (rule.frequency == Frequency::Weekly && !rule.month_days.empty())
    return wrong(text, "按周时不能写 BYMONTHDAY", "has BYMONTHDAY in weeks; take it out, or make it MONTHLY");
  int const ordinal_max = rule.frequency == Frequency::Yearly && rule.months.empty() ? 53 : 5;
  for (Weekday const& day : rule.weekdays)
    if (day.ordinal != 0 && (!by_month || std::abs(day.ordinal) > ordinal_max))
      return wrong(text, "的 BYDAY 序数不成立",
                   "has an ordinal in BYDAY that its period does not have; leave it out");
  return {};
}

std::string joined(std::vector<int> const& values) {
  std::string text;
  for (int value : values) text += (text.empty() ? "" : ",") + std::to_string(value);
  return text;
}

}  // namespace

Result<RecurrenceRule> RecurrenceRule::read(std::string_view text) {
  static constexpr std::array<std::string_view, 8> known{"FREQ",    "INTERVAL",   "COUNT", "UNTIL",
                                                         "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"};
  if (text.size() > characters_max)
    return wrong(text, "太长；最多 500 个字符", "is too long; a rule has at most 500 characters");
  RecurrenceRule rule;
  std::vector<std::string_view> seen;
  for (std::string_view part : split(text, ';')) {
    auto const equals = std::min(part.find('='), part.size());
    std::string_view const name = part.substr(0, equals);
    if (equals == part.size() || std::find(known.begin(), known.end(), name) == known.end())
      return wrong(part, "不能识别；可用 FREQ、INTERVAL、BYMONTH、BYMONTHDAY、BYDAY、COUNT、UNTIL",
                   "is not known here; use FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, COUNT or UNTIL");
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return wrong(part, "重复；只写一次", "stands twice; write it once");
    seen.push_back(name);
    if (!take(name, part.substr(equals + 1), rule))
      return wrong(part, "的值不成立", "has a value that does not fit; correct it");
  }
  if (std::find(seen.begin(), seen.end(), "FREQ") == seen.end())
    return wrong(text, "缺 FREQ", "has no FREQ; write FREQ=MONTHLY or the like");
  if (Result<void> checked = check(rule, text); !checked) return tl::unexpected(checked.error());
  return rule;
}

std::string to_string(RecurrenceRule const& rule) {
  std::string text = "FREQ=" + std::string(frequencies[static_cast<std::size_t>(rule.frequency)]);
  if (rule.interval != 1) text += ";INTERVAL=" + std::to_string(rule.interval);
  if (!rule.months.empty()) text += ";BYMONTH=" + joined(rule.months);
  if (!rule.month_days.empty()) text += ";BYMONTHDAY=" + joined(rule.month_days);
  if (!rule.weekdays.empty()) {
    std::string days;
    for (Weekday const& day : rule.weekdays)
      days += (days.empty() ? "" : ",") + (day.ordinal != 0 ? std::to_string(day.ordinal) : "") +
              std::string(weekday_names[static_cast<std::size_t>(day.number - 1)]);
    text += ";BYDAY=" + days;
  }
  if (rule.count) text += ";COUNT=" + std::to_string(*rule.count);
  if (rule.until) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%04d%02u%02u", static_cast<int>(rule.until->year()),
                  static_cast<unsigned>(rule.until->month()), static_cast<unsigned>(rule.until->day()));
    text += std::string(";UNTIL=") + digits;
  }
  return text;
}

}  // namespace xiaohao::calendar
