#include "engine/calendar/periods.hpp"

#include <array>
#include <set>

namespace xiaohao::calendar {
namespace {

using namespace std::chrono;

unsigned month_of(Date date) { return static_cast<unsigned>(date.month()); }
unsigned quarter_of(Date date) { return (month_of(date) - 1) / 3; }

}  // namespace

std::string period_name(RecurrenceRule const& rule, Date due) {
  static constexpr std::array<char const*, 4> names{"一季度", "二季度", "三季度", "四季度"};
  RecurrenceRule unbounded = rule;
  unbounded.until.reset();
  unbounded.count.reset();
  auto const dates =
      occurrences(unbounded, due.year() / January / 1, due.year() / January / 1, due.year() / December / 31);
  std::set<unsigned> quarters, months;
  for (Date date : dates) quarters.insert(quarter_of(date)), months.insert(month_of(date));
  if (dates.size() == names.size() && quarters.size() == names.size()) return names[quarter_of(due)];
  std::string const month = std::to_string(month_of(due)) + "月";
  bool const monthly = months.size() == dates.size();
  return monthly ? month : month + std::to_string(static_cast<unsigned>(due.day())) + "日";
}

Result<Series> series_of(std::string_view text, Date first, Date last) {
  Result<RecurrenceRule> rule = RecurrenceRule::read(text);
  if (!rule) return tl::unexpected(rule.error());
  rule->until = rule->until ? std::min(*rule->until, last) : last;
  auto const dates = occurrences(*rule, first, first, last);
  if (dates.size() > periods_max) {
    std::string const limit = std::to_string(periods_max);
    return refuse(
        Reason::Malformed, "",
        {"一年超过 " + limit + " 次，不宜逐次设检查点；请写每周、每月或每季度",
         "recurs more than " + limit + " times a year, too often for checkpoints; weekly is the most"});
  }
  Series series{std::move(*rule), std::nullopt};
  if (!dates.empty()) series.first = Period{period_name(series.rule, dates.front()), first, dates.front()};
  return series;
}

std::optional<Period> period_after(RecurrenceRule const& rule, Date due) {
  auto const next = next_occurrence(rule, due, due);
  if (!next) return std::nullopt;
  return Period{period_name(rule, *next), add_days(due, 1), *next};
}

}  // namespace xiaohao::calendar
