#include <string>
#include <utility>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

using Unit = Period::Unit;

Text counted_from(Date reference) {
  return {"以参照日期 " + to_string(reference) + " 推算",
          "counted from the reference date " + to_string(reference)};
}

struct DayWord {
  std::string_view word;
  int shift;
  bool from_only = false;  ///< a time only before 起 or 至: 目前 alone is none
};
constexpr DayWord day_words[] = {
    {"今天", 0}, {"今日", 0}, {"当天", 0},       {"当日", 0},       {"本日", 0},      {"即日", 0},
    {"明天", 1}, {"明日", 1}, {"次日", 1},       {"翌日", 1},       {"第2天", 1},     {"第2日", 1},
    {"后天", 2}, {"后日", 2}, {"现在", 0, true}, {"目前", 0, true}, {"此刻", 0, true}};

struct Shift {
  std::string_view word;
  int by;
};
constexpr Shift shifts[] = {{"下下个", 2}, {"下下", 2}, {"下1个", 1}, {"下1", 1},   {"下个", 1},
                            {"下", 1},     {"次", 1},   {"翌", 1},    {"上个", -1}, {"上", -1},
                            {"这个", 0},   {"这", 0},   {"本", 0},    {"当", 0},    {"该", 0}};

Found in_week(Scanner& scanner, Date reference, int shift, bool day_needed) {
  Scanner after = scanner;
  int const day_number = take_weekday(after);
  if (day_number > 7) return impossible("一周只有七天", "a week has seven days");
  if (day_number == 0 && day_needed) return std::optional<Period>{};
  int const from_monday = static_cast<int>(weekday_of(reference).iso_encoding()) - 1;
  Date const monday = add_days(reference, shift * 7 - from_monday);
  if (day_number == 0)
    return Period{monday, add_days(monday, 6), ScheduleKind::Date, Unit::Week, counted_from(reference)};
  scanner = after;
  Date const day = add_days(monday, day_number - 1);
  return Period{day, day, ScheduleKind::Date, Unit::Day, counted_from(reference)};
}

Found with_rule(Found found, Date reference) {
  if (found && *found) (*found)->rule = counted_from(reference);
  return found;
}

/// 25日: of the month that a range has named, or of the reference's month.
Found bare_day(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  Scanner ahead = scanner;
  auto const d = ahead.number_before({"日", "号"}, 2);
  if (!d || ahead.sees_any({"内", "以内", "之内"})) return std::optional<Period>{};
  scanner = ahead;
  if (*d < 1 || *d > 31)
    return impossible("没有 " + std::to_string(*d) + " 日", "there is no day " + std::to_string(*d));
  if (inherited.month)
    return one_day(
        scanner, inherited.year, *inherited.month, static_cast<unsigned>(*d),
        {"未写月份，取前文的月份；含当日，不因节假日顺延",
         "without a month, that of the words before; the day included, never moved for a holiday"});
  if (ahead.sees_any({"后", "以后", "之后"}))
    return unread(Trouble::Ambiguous,
                  "“" + std::to_string(*d) + "日后”可指当月该日之后，也可指若干天之后；请写明月份或“" +
                      std::to_string(*d) + "日内”",
                  std::to_string(*d) +
                      "日后 may mean after that day of the month or after so many days; name "
                      "the month, or write " +
                      std::to_string(*d) + "日内");
  if (!context.reference) return no_reference();
  return one_day(scanner, static_cast<int>(context.reference->year()),
                 static_cast<unsigned>(context.reference->month()), static_cast<unsigned>(*d),
                 {"未写月份，按参照日期的月份", "without a month, that of the reference date"});
}

/// 中旬: of the month that a range has named, or of the reference's month.
Found bare_part(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  if (inherited.month) return take_part_of_month(scanner, inherited.year, *inherited.month);
  if (!context.reference) return no_reference();
  auto part = take_part_of_month(scanner, static_cast<int>(context.reference->year()),
                                 static_cast<unsigned>(context.reference->month()));
  return part;
}

}  // namespace

Found take_from_reference(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  if (Found found = bare_day(scanner, context, inherited); !found || *found) return found;
  for (auto const& [word, shift, from_only] : day_words) {
    Scanner after = scanner;
    if (after.take(word) && (!from_only || after.sees_any({"起", "开始", "至", "到", "-", "~"}))) {
      scanner = after;
      if (!context.reference) return no_reference();
      Date const day = add_days(*context.reference, shift);
      return Period{day, day, ScheduleKind::Date, Unit::Day, counted_from(*context.reference)};
    }
  }
  if (scanner.sees_any({"上旬", "中旬", "下旬"})) return bare_part(scanner, context, inherited);
  Scanner ahead = scanner;
  int shift = 0;
  bool shifted = false;
  for (auto const& [word, by] : shifts)
    if (ahead.take(word)) {
      shift = by, shifted = true;
      break;
    }
  // 月底, 季末 and 周五 mean those of the reference; 月, 季 and 周 alone mean nothing.
  enum class Of { Month, Week, Quarter } of;
  if (ahead.take_any({"个月", "月份", "月"}))
    of = Of::Month;
  else if (ahead.take_any({"周", "星期", "礼拜"}))
    of = Of::Week;
  else if (ahead.take_any({"季度", "季"}))
    of = Of::Quarter;
  else
    return std::optional<Period>{};
  if (!shifted && of == Of::Week) {
    Scanner at_day = ahead;
    if (take_weekday(at_day) == 0) return std::optional<Period>{};
  }
  if (!shifted && of != Of::Week)
    if (auto const word = vague_part(ahead))
      return ambiguous((of == Of::Month ? "月" : "季") + std::string(*word));
  if (!shifted && of != Of::Week && !ahead.sees_any({"底", "末", "内", "最后1天"}))
    return std::optional<Period>{};
  if (of == Of::Month && inherited.month && !shifted) {  // 3月15日至月底
    scanner = ahead;
    return take_in_month(scanner, inherited.year, *inherited.month);
  }
  if (!context.reference) return no_reference();
  Date const reference = *context.reference;
  scanner = ahead;
  if (of == Of::Week) return in_week(scanner, reference, shift, !shifted);
  int const y = static_cast<int>(reference.year());
  int const m =
      static_cast<int>(static_cast<unsigned>(reference.month())) - 1 + (of == Of::Month ? shift : shift * 3);
  // Whole years of months, rounded down, so that 上月 in January is last December.
  int const years = m >= 0 ? m / 12 : (m - 11) / 12;
  auto const checked = checked_year(y + years);
  if (!checked) return tl::unexpected(checked.error());
  int const month_index = m - years * 12;
  if (of == Of::Quarter) return with_rule(take_in_quarter(scanner, *checked, month_index / 3 + 1), reference);
  return with_rule(take_in_month(scanner, *checked, static_cast<unsigned>(month_index + 1)), reference);
}

}  // namespace xiaohao::calendar::phrase
