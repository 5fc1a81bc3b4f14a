#include "engine/calendar/phrase_of.hpp"

#include "engine/calendar/phrase/recurring.hpp"

namespace xiaohao::calendar {
namespace {

unsigned month_of(Date date) { return static_cast<unsigned>(date.month()); }
unsigned day_of(Date date) { return static_cast<unsigned>(date.day()); }

/// Always four digits, so that the year 24 is not taken for 2024 cut short.
std::string year_text(Date date) {
  std::string const digits = std::to_string(static_cast<int>(date.year()));
  return std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits + "年";
}
std::string month_text(Date date) { return year_text(date) + std::to_string(month_of(date)) + "月"; }
std::string day_text(Date date) { return month_text(date) + std::to_string(day_of(date)) + "日"; }

bool is_month_end(Date date) { return day_of(add_days(date, 1)) == 1; }

bool is_whole_year(Date start, Date due) {
  return start.year() == due.year() && month_of(start) == 1 && day_of(start) == 1 && month_of(due) == 12 &&
         day_of(due) == 31;
}

std::string beginning(Schedule const& schedule) {
  return schedule.start ? "自" + day_text(*schedule.start) + "起，" : "";
}

std::optional<std::string> range(Schedule const& schedule) {
  if (!schedule.start || !schedule.due) return std::nullopt;
  if (!schedule.recurrence) return day_text(*schedule.start) + "至" + day_text(*schedule.due);
  if (*schedule.recurrence != phrase::quarter_ends || month_of(*schedule.due) != 12 ||
      day_of(*schedule.due) != 31)
    return std::nullopt;
  std::string const year = year_text(*schedule.due) + "度";
  return is_whole_year(*schedule.start, *schedule.due) ? year : beginning(schedule) + year;
}

std::optional<std::string> recurrence(Schedule const& schedule) {
  if (!schedule.start || !schedule.due || !schedule.recurrence) return std::nullopt;
  auto const rule = phrase_of_rule(*schedule.recurrence);
  if (!rule) return std::nullopt;
  if (is_whole_year(*schedule.start, *schedule.due)) return year_text(*schedule.due) + *rule;
  return day_text(*schedule.start) + "至" + day_text(*schedule.due) + *rule;
}

std::optional<std::string> relative(Schedule const& schedule) {
  if (!schedule.start || !schedule.due) return std::nullopt;
  // Its last day is a working day, so counting calendar days ends there too and does not move on.
  int const days = days_between(*schedule.start, *schedule.due);
  if (days < 1 || days > 99'999) return std::nullopt;
  return "自" + day_text(*schedule.start) + "起" + std::to_string(days) + "日内";
}

std::optional<std::string> open(Schedule const& schedule) {
  if (schedule.due) return std::nullopt;
  if (!schedule.recurrence && schedule.start) return "自" + day_text(*schedule.start) + "起";
  if (schedule.recurrence == phrase::quarter_ends) return beginning(schedule) + "长期坚持";
  return std::nullopt;
}

std::optional<std::string> without_softness(Schedule const& schedule) {
  switch (schedule.kind) {
    case ScheduleKind::Date:
      if (!schedule.due || schedule.recurrence) return std::nullopt;
      return beginning(schedule) + day_text(*schedule.due) + "前";
    case ScheduleKind::MonthEnd:
      if (!schedule.due || schedule.recurrence || !is_month_end(*schedule.due)) return std::nullopt;
      return beginning(schedule) + month_text(*schedule.due) + "底前";
    case ScheduleKind::Range:
      return range(schedule);
    case ScheduleKind::Recurrence:
      return recurrence(schedule);
    case ScheduleKind::Relative:
      return relative(schedule);
    case ScheduleKind::Open:
      return open(schedule);
    case ScheduleKind::Immediate:
      if (schedule.recurrence) return std::nullopt;
      return schedule.start ? "自" + day_text(*schedule.start) + "起立行立改" : "立行立改";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> phrase_of(Schedule const& schedule) {
  std::optional<std::string> phrase = without_softness(schedule);
  if (!phrase || !schedule.soft) return phrase;
  // 力争 belongs to the clause that says when it is due.
  auto const comma = phrase->rfind("，");
  phrase->insert(comma == std::string::npos ? 0 : comma + std::string_view("，").size(), "力争");
  return phrase;
}

}  // namespace xiaohao::calendar
