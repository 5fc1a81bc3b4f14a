#include "workflows/checkpoints.hpp"

#include <array>
#include <set>

#include "engine/calendar/recurrence.hpp"

namespace xiaohao::workflows {
namespace {

using namespace std::chrono;

unsigned month_of(Date date) { return static_cast<unsigned>(date.month()); }
unsigned quarter_of(Date date) { return (month_of(date) - 1) / 3; }

/// Names each period by the largest unit that tells it from the others.
std::string name_of(Date due, bool quarterly, bool monthly) {
  static constexpr std::array<char const*, 4> quarters{"一季度", "二季度", "三季度", "四季度"};
  if (quarterly) return quarters[quarter_of(due)];
  std::string const month = std::to_string(month_of(due)) + "月";
  return monthly ? month : month + std::to_string(static_cast<unsigned>(due.day())) + "日";
}

}  // namespace

Result<std::vector<Period>> periods_of(std::string_view rule, PlanYear plan_year) {
  year const y{plan_year.value()};
  auto const dates = calendar::occurrences(rule, y / January / 1, y / December / 31);
  if (!dates) return tl::unexpected(dates.error());
  if (dates->size() > periods_max) {
    std::string const limit = std::to_string(periods_max);
    return refuse(
        Reason::Malformed, "",
        {"一年超过 " + limit + " 次，不宜逐次设检查点；请写每周、每月或每季度",
         "recurs more than " + limit + " times a year, too often for checkpoints; weekly is the most"});
  }
  std::set<unsigned> quarters, months;
  for (Date date : *dates) quarters.insert(quarter_of(date)), months.insert(month_of(date));
  bool const quarterly = dates->size() == 4 && quarters.size() == 4;
  bool const monthly = months.size() == dates->size();
  std::vector<Period> periods;
  Date start = y / January / 1;
  for (Date due : *dates) {
    periods.push_back({name_of(due, quarterly, monthly), start, due});
    start = add_days(due, 1);
  }
  return periods;
}

}  // namespace xiaohao::workflows
