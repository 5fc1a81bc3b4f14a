#include "engine/calendar/phrase/range.hpp"

#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {

Found take_bare_beginning(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  Scanner ahead = scanner;
  auto const year = take_year(ahead, context, inherited);
  if (!year) return tl::unexpected(year.error());
  if (*year) inherited.year = (*year)->year;
  ahead.take("第");
  std::string_view const written = ahead.rest();
  auto const number = ahead.number(4);
  if (!number) return std::optional<Period>{};
  std::string_view const digits = written.substr(0, written.size() - ahead.rest().size());
  if (!ahead.take_until()) return std::optional<Period>{};
  Scanner after = ahead;
  after.take("第");
  if (!after.number(4)) return std::optional<Period>{};
  std::string_view unit;
  for (std::string_view each : {"月", "季度", "季", "日", "号", "年"})
    if (after.sees(each)) {
      unit = each;
      break;
    }
  if (unit.empty() || after.sees_any({"日内", "年内", "日以内", "日之内"})) return std::optional<Period>{};
  // The first number, read as if its unit were written.
  std::string const whole = std::string(digits) + std::string(unit == "季" ? "季度" : unit);
  Scanner first(whole);
  Found found = take_period(first, context, inherited);
  if (found && *found) scanner = ahead;
  return found;
}

Read<Meaning> take_range_end(Scanner& scanner, Period const& first, PhraseContext const& context,
                             Inherited& inherited) {
  using Unit = Period::Unit;
  bool const has_month =
      first.unit == Unit::Day || first.unit == Unit::PartOfMonth || first.unit == Unit::Month;
  Inherited from_first{static_cast<int>(first.first.year()), std::nullopt};
  if (has_month) from_first.month = static_cast<unsigned>(first.first.month());
  std::string_view const written = scanner.rest();
  Found second = take_period(scanner, context, from_first);
  if (!second) return tl::unexpected(second.error());
  if (!*second && has_month) {  // 3月1日-15
    Scanner bare = scanner;
    if (auto const d = bare.number(2); d && (bare.at_end() || bare.sees_any({"前", "之前", "以前", ")"}))) {
      scanner = bare;
      second = one_day(scanner, from_first.year, *from_first.month, static_cast<unsigned>(*d), day_rule());
      if (!second) return tl::unexpected(second.error());
    }
  }
  if (!*second) return not_understood(written);
  if ((*second)->last < first.first)
    return unread(Trouble::Reversed, "结束早于开始；跨年请写“次年”或年份",
                  "the end is before the start; write 次年 or the year where the range crosses one");
  inherited.year = static_cast<int>((*second)->last.year());
  inherited.month.reset();
  if (has_month && (*second)->unit != Unit::Quarter)
    inherited.month = static_cast<unsigned>((*second)->last.month());
  scanner.take("止");
  scanner.take_any({"期间", "之间", "之前", "以前", "前", "内", "底前"});
  return Meaning{ScheduleKind::Range,
                 first.first,
                 (*second)->last,
                 std::nullopt,
                 {"自前者首日至后者末日", "from the first day of the one to the last day of the other"},
                 {}};
}

}  // namespace xiaohao::calendar::phrase
