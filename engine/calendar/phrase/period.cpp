#include "engine/calendar/phrase/period.hpp"

#include <array>
#include <string>
#include <utility>

namespace xiaohao::calendar::phrase {
namespace {

using namespace std::chrono;
using Found = Result<std::optional<Period>>;

Date make_date(int y, unsigned m, unsigned d) { return year{y} / month{m} / day{d}; }

auto impossible(std::string zh, std::string en) {
  return refuse(Reason::Malformed, "", {std::move(zh), std::move(en)});
}

Result<int> checked_year(int y) {
  if (y >= 1 && y <= 9999) return y;
  return impossible("没有 " + std::to_string(y) + " 年，年份应为 1–9999",
                    "there is no year " + std::to_string(y) + "; years are 1 to 9999");
}

Found whole_month(int y, unsigned m, Text rule) {
  return Period{
      make_date(y, m, 1), month_end(y, m), ScheduleKind::MonthEnd, std::move(rule), false, false, true};
}

Found one_day(int y, unsigned m, unsigned d, Text rule, bool month_named) {
  Date const date = make_date(y, m, d);
  if (!date.ok()) {
    std::string const ym = std::to_string(y) + "-" + std::to_string(m);
    std::string const days = std::to_string(static_cast<unsigned>(month_end(y, m).day()));
    return impossible(std::to_string(y) + "年" + std::to_string(m) + "月只有 " + days + " 天，没有 " +
                          std::to_string(d) + " 日",
                      ym + " has " + days + " days, so there is no day " + std::to_string(d));
  }
  return Period{date, date, ScheduleKind::Date, std::move(rule), false, false, month_named};
}

Text const day_rule{"按所写日期，含当日；固定日期不因节假日顺延",
                    "the day as written, included; a fixed date never moves for a holiday"};
Text const month_rule{"“X月”“X月底”读作当月最后一天", "a month, or its end, is its last day"};

/// 上旬, 中旬, 下旬, 底, 末, 份, a day, or the month alone.
Found in_month(Scanner& scanner, int y, unsigned m) {
  if (m < 1 || m > 12)
    return impossible("没有 " + std::to_string(m) + " 月", "there is no month " + std::to_string(m));
  scanner.take_any({"份", "的"});
  Text const ten{"上旬至10日，中旬至20日，下旬至月末",
                 "the first ten days end on the 10th, the second on the 20th, the last with the month"};
  if (scanner.take("上旬"))
    return Period{make_date(y, m, 1), make_date(y, m, 10), ScheduleKind::Date, ten, false, false, true};
  if (scanner.take("中旬"))
    return Period{make_date(y, m, 11), make_date(y, m, 20), ScheduleKind::Date, ten, false, false, true};
  if (scanner.take("下旬"))
    return Period{make_date(y, m, 21), month_end(y, m), ScheduleKind::MonthEnd, ten, false, false, true};
  if (scanner.take_any({"初", "中"}))
    return impossible("“月初”“月中”没有确定的日子，请写明日期或“上旬”“中旬”",
                      "the beginning or middle of a month is no fixed day; write a date, 上旬 or 中旬");
  if (scanner.take_any({"最后1天", "最后一天", "月底", "月末", "底", "末"}))
    return whole_month(y, m, month_rule);
  if (auto const d = scanner.number_before({"日", "号"}, 2))
    return one_day(y, m, static_cast<unsigned>(*d), day_rule, true);
  Scanner without_unit = scanner;  // 9月15, 9月15前
  if (auto const d = without_unit.number(2); d && (without_unit.at_end() || without_unit.sees("前") ||
                                                   without_unit.sees("之前") || without_unit.sees("以前"))) {
    scanner = without_unit;
    return one_day(y, m, static_cast<unsigned>(*d), day_rule, true);
  }
  return whole_month(y, m, month_rule);
}

Found in_quarter(Scanner& scanner, int y, int quarter) {
  if (quarter < 1 || quarter > 4) return impossible("一年只有四个季度", "a year has four quarters");
  auto const last_month = static_cast<unsigned>(quarter * 3);
  if (scanner.take_any({"末", "底"}))
    return Period{month_end(y, last_month),
                  month_end(y, last_month),
                  ScheduleKind::MonthEnd,
                  {"季度末为该季度最后一天", "a quarter ends on its last day"},
                  false,
                  false,
                  true};
  return Period{make_date(y, last_month - 2, 1),
                month_end(y, last_month),
                ScheduleKind::Range,
                {"季度自首日至末日", "a quarter lasts from its first to its last day"},
                false,
                false,
                true};
}

Found in_half(int y, bool first) {
  return Period{make_date(y, first ? 1 : 7, 1),
                month_end(y, first ? 6 : 12),
                ScheduleKind::Range,
                {"半年自首日至末日", "a half-year lasts from its first to its last day"},
                false,
                false,
                true};
}

std::optional<std::string_view> take_holiday(Scanner& scanner) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"元旦", "元旦"}, {"春节", "春节"}, {"清明", "清明"},  {"劳动节", "劳动节"},
      {"端午", "端午"}, {"中秋", "中秋"}, {"国庆", "国庆节"}};
  for (auto const& [written, name] : names)
    if (scanner.take(written)) {
      scanner.take_any({"假期", "节假", "节", "假"});
      return name;
    }
  return std::nullopt;
}

Found whole_holiday(std::string_view name, int y, PhraseContext const& context) {
  auto const holiday = context.calendar ? context.calendar->holiday(name, y) : std::nullopt;
  std::string const which(name);
  if (!holiday)
    return impossible(
        "没有 " + std::to_string(y) + " 年的放假安排，无法确定" + which + "的日子",
        "there is no holiday calendar for " + std::to_string(y) + ", so " + which + " has no dates");
  return Period{holiday->first,
                holiday->last,
                ScheduleKind::Range,
                {which + "按国务院办公厅放假安排", which + " by the State Council's holiday notice"},
                true,
                false,
                true};
}

/// What may follow a year, written or implied.
Found in_year(Scanner& scanner, int y, PhraseContext const& context, bool year_written) {
  if (auto const m = scanner.number_before({"月"}, 2)) return in_month(scanner, y, static_cast<unsigned>(*m));
  Scanner ahead = scanner;
  ahead.take("第");
  if (auto const quarter = ahead.number_before({"季度", "季"}, 1)) {
    scanner = ahead;
    return in_quarter(scanner, y, *quarter);
  }
  if (scanner.take("上半年")) return in_half(y, true);
  if (scanner.take("下半年")) return in_half(y, false);
  if (scanner.take_any({"年底", "年末", "年终"}) || (year_written && scanner.take_any({"底", "末", "终"})))
    return Period{make_date(y, 12, 31),
                  make_date(y, 12, 31),
                  ScheduleKind::MonthEnd,
                  {"年底为12月31日", "the end of the year is 31 December"},
                  false,
                  false,
                  true};
  if (auto const name = take_holiday(scanner)) return whole_holiday(*name, y, context);
  if (year_written)
    return Period{make_date(y, 1, 1),
                  make_date(y, 12, 31),
                  ScheduleKind::Range,
                  {"全年自1月1日至12月31日", "the year lasts from 1 January to 31 December"},
                  false,
                  true,
                  false};
  return std::optional<Period>{};
}

/// 2024-05-31, 2024.5.31, 2024/5/31, 20240531, 10.17, 5/31.
Found numeric(Scanner& scanner, Inherited inherited) {
  Scanner ahead = scanner;
  Text const rule = day_rule;
  if (auto const packed = ahead.number(8); packed && *packed >= 10'000'000) {
    scanner = ahead;
    auto const y = checked_year(*packed / 10000);
    auto const m = static_cast<unsigned>(*packed / 100 % 100);
    if (!y || m < 1 || m > 12) return impossible("没有这一天", "there is no such day");
    return one_day(*y, m, static_cast<unsigned>(*packed % 100), rule, true);
  }
  for (std::string_view separator : {".", "/", "-"}) {
    ahead = scanner;
    auto const first = ahead.number();
    if (!first || !ahead.take(separator)) continue;
    auto const second = ahead.number(2);
    if (!second) continue;
    if (ahead.take(separator)) {
      auto const third = ahead.number(2);
      if (!third) continue;
      scanner = ahead;
      auto const y = checked_year(*first);
      if (!y) return tl::unexpected(y.error());
      if (*second < 1 || *second > 12)
        return impossible("没有 " + std::to_string(*second) + " 月",
                          "there is no month " + std::to_string(*second));
      return one_day(*y, static_cast<unsigned>(*second), static_cast<unsigned>(*third), rule, true);
    }
    // A month and a day; `3-5月` is a range and is read elsewhere.
    if (separator == "-" || *first > 99 || ahead.sees("月") || ahead.sees("年")) continue;
    scanner = ahead;
    if (*first < 1 || *first > 12)
      return impossible("没有 " + std::to_string(*first) + " 月",
                        "there is no month " + std::to_string(*first));
    return one_day(inherited.year, static_cast<unsigned>(*first), static_cast<unsigned>(*second), rule, true);
  }
  return std::optional<Period>{};
}

int weekday_number(Scanner& scanner) {
  if (auto const n = scanner.number(1)) return *n;
  return scanner.take_any({"日", "天", "末"}) ? 7 : 0;
}

/// 本月底, 下月15日, 本周五, 月底, 季度末: read from the reference.
Found from_reference(Scanner& scanner, PhraseContext const& context) {
  Scanner ahead = scanner;
  int shift = 0;
  bool const next = ahead.take_any({"下个", "下", "次"});
  if (next)
    shift = 1;
  else if (!ahead.take_any({"本", "当", "这个", "这"}))
    shift = 0;
  enum class Unit { None, Month, Week, Quarter } unit = Unit::None;
  if (ahead.take_any({"个月", "月份", "月"}))
    unit = Unit::Month;
  else if (ahead.take_any({"周", "星期"}))
    unit = Unit::Week;
  else if (ahead.take_any({"季度", "季"}))
    unit = Unit::Quarter;
  if (unit == Unit::None) return std::optional<Period>{};
  bool const relative_word = next || ahead.rest().data() != scanner.rest().data();
  if (!relative_word) return std::optional<Period>{};
  scanner = ahead;
  if (!context.reference)
    return impossible("需要参照日期（--reference），例如收到通知的日期",
                      "needs a reference date (--reference), such as the day a notice was received");
  Date const reference = *context.reference;
  Text const rule{"以参照日期 " + to_string(reference) + " 推算",
                  "counted from the reference date " + to_string(reference)};
  auto const with_rule = [&](Found found) {
    if (found && *found) (*found)->rule = rule;
    return found;
  };
  if (unit == Unit::Week) {
    int const from_monday = static_cast<int>(weekday_of(reference).iso_encoding()) - 1;
    Date const monday = add_days(reference, shift * 7 - from_monday);
    Scanner at_day = scanner;
    int const day_number = weekday_number(at_day);
    if (day_number > 7 || (day_number == 0 && at_day.rest().size() != scanner.rest().size()))
      return impossible("一周只有七天", "a week has seven days");
    if (day_number == 0)
      return Period{monday, add_days(monday, 6), ScheduleKind::Date, rule, false, false, false};
    scanner = at_day;
    Date const day = add_days(monday, day_number - 1);
    return Period{day, day, ScheduleKind::Date, rule, false, false, false};
  }
  int const y = static_cast<int>(reference.year());
  int const m = static_cast<int>(static_cast<unsigned>(reference.month())) - 1;
  if (unit == Unit::Quarter) {
    int const quarter = m / 3 + shift;
    return with_rule(in_quarter(scanner, y + quarter / 4, quarter % 4 + 1));
  }
  int const month_index = m + shift;
  return with_rule(in_month(scanner, y + month_index / 12, static_cast<unsigned>(month_index % 12 + 1)));
}

}  // namespace

Date month_end(int y, unsigned m) { return Date{year{y} / month{m} / last}; }

Found take_period(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  if (Found found = numeric(scanner, inherited); !found || *found) return found;
  static constexpr std::pair<std::string_view, int> year_words[] = {{"今年", 0},  {"本年", 0}, {"当年", 0},
                                                                    {"明年", 1},  {"次年", 1}, {"来年", 1},
                                                                    {"去年", -1}, {"上年", -1}};
  for (auto const& [word, shift] : year_words)
    if (scanner.take(word)) {
      scanner.take_any({"度的", "度", "的"});
      // 次年 follows the year of what stands before it; the others follow the plan.
      auto const y = checked_year((word == "次年" ? inherited.year : context.year) + shift);
      if (!y) return tl::unexpected(y.error());
      return in_year(scanner, *y, context, true);
    }
  if (scanner.sees("年内") || scanner.sees("年度内")) {
    scanner.take_any({"年度", "年"});
    return in_year(scanner, inherited.year, context, true);
  }
  if (scanner.take("全年")) return in_year(scanner, inherited.year, context, true);
  if (auto const written = scanner.number_before({"年度的", "年度", "年的", "年"})) {
    if (*written < 100)
      return impossible("年份请写四位数字，如 2024 年", "write the year with four digits, such as 2024年");
    auto const y = checked_year(*written);
    if (!y) return tl::unexpected(y.error());
    return in_year(scanner, *y, context, true);
  }
  if (Found found = in_year(scanner, inherited.year, context, false); !found || *found) return found;
  if (auto const d = scanner.number_before({"日", "号"}, 2)) {
    if (scanner.sees("内") || scanner.sees("以内") || scanner.sees("之内"))
      return impossible("缺少参照日期", "a reference is missing");
    if (inherited.month)
      return one_day(inherited.year, *inherited.month, static_cast<unsigned>(*d), day_rule, true);
    if (!context.reference)
      return impossible("没有写月份；需要参照日期（--reference）",
                        "names no month, so it needs a reference date (--reference)");
    return one_day(static_cast<int>(context.reference->year()),
                   static_cast<unsigned>(context.reference->month()), static_cast<unsigned>(*d),
                   {"未写月份，按参照日期的月份", "without a month, that of the reference date"}, true);
  }
  return from_reference(scanner, context);
}

}  // namespace xiaohao::calendar::phrase
