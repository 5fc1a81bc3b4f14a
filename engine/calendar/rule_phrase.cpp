// Recurrence rules as phrases.

#include <algorithm>
#include <array>

#include "engine/calendar/phrase_of.hpp"
#include "engine/calendar/recurrence.hpp"

namespace xiaohao::calendar {
namespace {

using Months = std::vector<int>;

std::optional<std::string> weekday_name(int number) {
  static constexpr std::array<char const*, 7> names{"一", "二", "三", "四", "五", "六", "日"};
  return number >= 1 && number <= 7 ? std::optional<std::string>(names[static_cast<std::size_t>(number - 1)])
                                    : std::nullopt;
}

std::string every(RecurrenceRule const& rule, std::string const& unit) {
  return rule.interval == 1 ? "每" + unit
                            : "每" + std::to_string(rule.interval) + (unit == "月" ? "个月" : unit);
}

/// 5日、20日、月底, 第1个周五: the days of a month.
std::optional<std::string> days_in_month(RecurrenceRule const& rule, std::string const& end) {
  if (!rule.weekdays.empty()) {
    if (rule.weekdays.size() != 1 || !rule.month_days.empty()) return std::nullopt;
    auto const [ordinal, number] = rule.weekdays.front();
    if (ordinal != -1 && (ordinal < 1 || ordinal > 4)) return std::nullopt;
    auto const name = weekday_name(number);
    return (ordinal == -1 ? "最后一个周" : "第" + std::to_string(ordinal) + "个周") + *name;
  }
  if (rule.month_days.empty()) return std::nullopt;
  std::string text;
  for (int day : rule.month_days) {
    if (day < -1) return std::nullopt;
    text += (text.empty() ? "" : "、") + (day == -1 ? end : std::to_string(day) + "日");
  }
  return text;
}

std::optional<std::string> weekly(RecurrenceRule const& rule) {
  if (!rule.months.empty() || rule.weekdays.empty()) return std::nullopt;
  std::string text = every(rule, "周");
  for (std::size_t at = 0; at < rule.weekdays.size(); ++at)
    text += (at == 0 ? "" : "、") + std::string("周") + *weekday_name(rule.weekdays[at].number);
  return text;
}

std::optional<std::string> monthly(RecurrenceRule const& rule) {
  auto const days = days_in_month(rule, "月底");
  if (!days) return std::nullopt;
  if (rule.months.empty()) return every(rule, "月") + *days;
  if (rule.interval != 1) return std::nullopt;
  bool const last_day = rule.month_days == std::vector<int>{-1};
  if (rule.months == Months{6, 12} && last_day && rule.weekdays.empty()) return "每半年";
  if (rule.months == Months{2, 4, 6, 8, 10, 12}) return "每双月" + *days;
  if (rule.months == Months{1, 3, 5, 7, 9, 11}) return "每单月" + *days;
  if (rule.months == Months{3, 6, 9, 12}) return "每季度末月" + *days;
  if (rule.months == Months{1, 4, 7, 10}) return "每季度首月" + *days;
  if (rule.months == Months{2, 5, 8, 11}) return "每季度第2个月" + *days;
  return std::nullopt;
}

std::optional<std::string> yearly(RecurrenceRule const& rule) {
  if (rule.interval != 1 || rule.months.empty()) return std::nullopt;
  auto const days = days_in_month(rule, "底");
  if (!days) return std::nullopt;
  std::string text = "每年";
  for (std::size_t at = 0; at < rule.months.size(); ++at)
    text += (at == 0 ? "" : "、") + std::to_string(rule.months[at]) + "月" + *days;
  return text;
}

}  // namespace

std::optional<std::string> phrase_of_rule(std::string_view text) {
  Result<RecurrenceRule> const rule = RecurrenceRule::read(text);
  if (!rule || rule->count || rule->until) return std::nullopt;
  switch (rule->frequency) {
    case Frequency::Daily:
      if (!rule->months.empty() || !rule->month_days.empty() || !rule->weekdays.empty()) return std::nullopt;
      return every(*rule, "日");
    case Frequency::Weekly:
      return weekly(*rule);
    case Frequency::Monthly:
      return monthly(*rule);
    case Frequency::Yearly:
      return yearly(*rule);
  }
  return std::nullopt;
}

}  // namespace xiaohao::calendar
