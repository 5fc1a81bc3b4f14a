#include <string>
#include <utility>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

struct Spelling {
  std::string_view written, name;  ///< `name` as the State Council's notice has it
};
constexpr Spelling spellings[] = {{"元旦", "元旦"},     {"春节", "春节"},         {"清明", "清明"},
                                  {"劳动节", "劳动节"}, {"国际劳动节", "劳动节"}, {"端午", "端午"},
                                  {"中秋", "中秋"},     {"国庆", "国庆节"}};

std::optional<std::string_view> name_at(Scanner& scanner) {
  for (auto const& [written, name] : spellings)
    if (scanner.take(written)) return name;
  return std::nullopt;
}

}  // namespace

bool take_holiday_name(Scanner& scanner) { return name_at(scanner).has_value(); }

Found take_holiday(Scanner& scanner, PhraseContext const& context, int year) {
  Scanner ahead = scanner;
  auto const name = name_at(ahead);
  if (!name) return std::optional<Period>{};
  if (Scanner again = ahead; name_at(again) == name) ahead = again;  // 五一劳动节, 十一国庆
  ahead.take("节");
  ahead.take_any({"小长假", "长假", "黄金周", "假期", "放假", "假日", "假"});
  scanner = ahead;
  auto const holiday = context.calendar ? context.calendar->holiday(*name, year) : std::nullopt;
  std::string const which(*name), y = std::to_string(year);
  if (!holiday)
    return unread(
        Trouble::NoCalendar, "没有 " + y + " 年的放假安排，无法确定" + which + "的日子；请写明日期",
        "there is no holiday calendar for " + y + ", so " + which + " has no dates; write the date");
  return Period{holiday->first,
                holiday->last,
                ScheduleKind::Range,
                Period::Unit::Holiday,
                {which + "按国务院办公厅放假安排", which + " by the State Council's holiday notice"}};
}

}  // namespace xiaohao::calendar::phrase
