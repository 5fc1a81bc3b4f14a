#include "engine/calendar/phrase/period.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/calendar/phrase/tail.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

using namespace std::chrono;
using Unit = Period::Unit;

Found no_month(int m) {
  return impossible("没有 " + std::to_string(m) + " 月", "there is no month " + std::to_string(m));
}

Period whole_month(int y, unsigned m) {
  return {make_date(y, m, 1),
          month_end(y, m),
          ScheduleKind::MonthEnd,
          Unit::Month,
          {"“X月”“X月底”读作当月最后一天", "a month, or its end, is its last day"}};
}

/// 月底: from its first day on it is the last day, so that 3月底至5月底 begins on 31 March.
Period end_of_month(int y, unsigned m) {
  Period period = whole_month(y, m);
  period.first = period.last;
  return period;
}

Period in_half(Scanner& scanner, int y, bool first) {
  Date const end = month_end(y, first ? 6 : 12);
  if (scanner.take_any({"末", "底"}))
    return Period{end,
                  end,
                  ScheduleKind::MonthEnd,
                  Unit::Half,
                  {"半年末为其最后一天", "a half-year ends on its last day"}};
  return Period{make_date(y, first ? 1 : 7, 1),
                end,
                ScheduleKind::Range,
                Unit::Half,
                {"半年自首日至末日", "a half-year lasts from its first to its last day"}};
}

/// 前三季度, 前10个月.
Found first_months(Scanner& scanner, int y) {
  Scanner ahead = scanner;
  if (!ahead.take("前")) return std::optional<Period>{};
  int months_count = 0;
  if (auto const quarters = ahead.number_before({"个季度", "季度"}, 1))
    months_count = *quarters * 3;
  else if (auto const count = ahead.number_before({"个月"}, 2))
    months_count = *count;
  else
    return std::optional<Period>{};
  if (months_count < 1 || months_count > 12)
    return impossible("一年只有四个季度、十二个月", "a year has four quarters and twelve months");
  scanner = ahead;
  return Period{make_date(y, 1, 1),
                month_end(y, static_cast<unsigned>(months_count)),
                ScheduleKind::Range,
                months_count % 3 == 0 ? Unit::Quarter : Unit::Month,
                {"自年初至所写月份或季度的末日", "from the year's first day to the end of the last named"}};
}

Period year_end(int y) {
  Date const end = make_date(y, 12, 31);
  return {
      end, end, ScheduleKind::MonthEnd, Unit::Year, {"年底为12月31日", "the end of the year is 31 December"}};
}

Period whole_year(int y, bool checkpoints) {
  return {make_date(y, 1, 1),
          make_date(y, 12, 31),
          ScheduleKind::Range,
          Unit::Year,
          {"全年自1月1日至12月31日", "the year lasts from 1 January to 31 December"},
          checkpoints};
}

/// What may follow a year, written or implied.
Found in_year(Scanner& scanner, int y, PhraseContext const& context, std::optional<WrittenYear> year) {
  bool const written = year.has_value();
  if (Found found = first_months(scanner, y); !found || *found) return found;
  if (auto const m = scanner.number_before({"月"}, 2)) {
    if (*m < 1 || *m > 12) return no_month(*m);
    return take_in_month(scanner, y, static_cast<unsigned>(*m));
  }
  if (scanner.take("元月")) return take_in_month(scanner, y, 1);
  Scanner ahead = scanner;
  ahead.take("第");
  if (auto const quarter = ahead.number_before({"个季度", "季度"}, 2)) {
    scanner = ahead;
    return take_in_quarter(scanner, y, *quarter);
  }
  if (auto const quarter = ahead.number_before({"季"}, 1);
      quarter && (ahead.at_end() || ahead.sees_any({"末", "底", "前", "内", "至", "到", "-", "~"}))) {
    scanner = ahead;
    return take_in_quarter(scanner, y, *quarter);
  }
  if (scanner.take("上半年")) return in_half(scanner, y, true);
  if (scanner.take("下半年")) return in_half(scanner, y, false);
  Scanner part = scanner;
  if (part.take("年") || written)
    if (auto const word = vague_part(part)) return ambiguous("年" + std::string(*word));
  if (scanner.take_any({"年底", "年末", "年终"}) || (written && scanner.take_any({"底", "末", "终"})))
    return year_end(y);
  if (Found found = take_holiday(scanner, context, y); !found || *found) return found;
  if (!written) return std::optional<Period>{};
  if (scanner.sees_any({"春", "夏", "秋", "冬", "汛期", "暑", "寒假"}))
    if (auto const word = vague_word_at(scanner.rest()); !word.empty()) return ambiguous(word);
  if (scanner.sees_digit())
    if (Found found = take_numeric_date(scanner, y); !found || *found) return found;
  if (scanner.take("全年")) return whole_year(y, true);
  return whole_year(y, year->checkpoints);
}

}  // namespace

Date make_date(int y, unsigned m, unsigned d) { return year{y} / month{m} / day{d}; }
Date month_end(int y, unsigned m) { return Date{year{y} / month{m} / last}; }

Text day_rule() {
  return {"按所写日期，含当日；固定日期不因节假日顺延",
          "the day as written, included; a fixed date never moves for a holiday"};
}

Read<int> checked_year(int y) {
  if (y >= 1 && y <= 9999) return y;
  return impossible("没有 " + std::to_string(y) + " 年，年份应为 1–9999",
                    "there is no year " + std::to_string(y) + ", years are 1 to 9999");
}

int take_weekday(Scanner& scanner) {
  Scanner ahead = scanner;
  if (auto const n = ahead.number(2)) {
    scanner = ahead;
    return *n == 0 ? 8 : *n;
  }
  if (scanner.sees("日常")) return 0;
  return scanner.take_any({"末", "日", "天"}) ? 7 : 0;
}

Found one_day(Scanner& scanner, int y, unsigned m, unsigned d, Text rule) {
  Date const date = make_date(y, m, d);
  if (!date.ok()) {
    std::string const days = std::to_string(static_cast<unsigned>(month_end(y, m).day()));
    return impossible(std::to_string(y) + "年" + std::to_string(m) + "月只有 " + days + " 天，没有 " +
                          std::to_string(d) + " 日",
                      std::to_string(y) + "-" + std::to_string(m) + " has " + days +
                          " days, so there is no day " + std::to_string(d));
  }
  Scanner ahead = scanner;  // 5月31日（星期五）: the weekday must agree
  bool const bracket = ahead.take("(");
  if (ahead.take_any({"周", "星期", "礼拜"})) {
    int const day_number = take_weekday(ahead);
    if (day_number > 0 && (!bracket || ahead.take(")"))) {
      scanner = ahead;
      static constexpr char const* names[] = {"日", "一", "二", "三", "四", "五", "六", "日"};
      unsigned const truth = weekday_of(date).iso_encoding();
      if (day_number != static_cast<int>(truth))
        return impossible(to_string(date) + " 是星期" + names[truth] + "，与所写星期不符",
                          to_string(date) + " is not the day of the week that is written beside it");
    }
  }
  return Period{date, date, ScheduleKind::Date, Unit::Day, std::move(rule)};
}

std::optional<Period> take_part_of_month(Scanner& scanner, int y, unsigned m) {
  auto const part = [&](unsigned from, unsigned to) {
    return Period{make_date(y, m, from),
                  make_date(y, m, to),
                  ScheduleKind::Date,
                  Unit::PartOfMonth,
                  {"上旬至10日，中旬至20日，下旬至月末",
                   "the first ten days end on the 10th, the second on the 20th, the last with the month"}};
  };
  auto const rest_of_month = [&](unsigned from) {
    Period period = part(from, from);
    period.last = month_end(y, m);
    period.kind = ScheduleKind::MonthEnd;
    return period;
  };
  if (scanner.take("上旬")) return part(1, 10);
  if (scanner.take("上中旬")) return part(1, 20);
  if (scanner.take("中旬")) return part(11, 20);
  if (scanner.take("中下旬")) return rest_of_month(11);
  if (scanner.take("下旬")) return rest_of_month(21);
  if (scanner.take("上半月")) return part(1, 15);
  if (scanner.take("下半月")) return rest_of_month(16);
  return std::nullopt;
}

std::optional<std::string_view> vague_part(Scanner const& scanner) {
  if (scanner.sees("初") && !scanner.sees_any({"初步", "初级", "初审", "初中", "初评", "初核", "初次"}))
    return "初";
  Scanner after = scanner;
  if (after.take("中") && (after.at_end() || after.sees_any({"前", "之前", "以前", "期", "完成", "左右"})))
    return "中";
  return std::nullopt;
}

Found take_in_month(Scanner& scanner, int y, unsigned m) {
  scanner.take("份");
  scanner.take("的");
  if (auto const part = take_part_of_month(scanner, y, m)) return *part;
  if (auto const word = vague_part(scanner)) return ambiguous("月" + std::string(*word));
  if (scanner.take_any({"最后1天", "最后1日", "月底", "月末", "底", "末"})) return end_of_month(y, m);
  if (auto const d = scanner.number_before({"日", "号"}, 2))
    return one_day(scanner, y, m, static_cast<unsigned>(*d), day_rule());
  Scanner without_unit = scanner;  // 9月15, 9月15前, 3月1-15日
  if (auto const d = without_unit.number(2);
      d && (without_unit.at_end() ||
            without_unit.sees_any({"前", "之前", "以前", "-", "~", "至", "到", ")", ","}))) {
    scanner = without_unit;
    return one_day(scanner, y, m, static_cast<unsigned>(*d), day_rule());
  }
  return whole_month(y, m);
}

Found take_in_quarter(Scanner& scanner, int y, int quarter) {
  if (quarter < 1 || quarter > 4)
    return impossible("一年只有四个季度",
                      "a year has four quarters, none is number " + std::to_string(quarter));
  auto const last_month = static_cast<unsigned>(quarter * 3);
  Date const end = month_end(y, last_month);
  if (auto const word = vague_part(scanner)) return ambiguous("季度" + std::string(*word));
  if (scanner.take_any({"末月", "最后1个月"})) return take_in_month(scanner, y, last_month);
  if (scanner.take_any({"首月", "第1个月"})) return take_in_month(scanner, y, last_month - 2);
  if (scanner.take_any({"末", "底", "最后1天"}))
    return Period{end,
                  end,
                  ScheduleKind::MonthEnd,
                  Unit::Quarter,
                  {"季度末为该季度最后一天", "a quarter ends on its last day"}};
  return Period{make_date(y, last_month - 2, 1),
                end,
                ScheduleKind::Range,
                Unit::Quarter,
                {"季度自首日至末日", "a quarter lasts from its first to its last day"}};
}

Found take_period(Scanner& scanner, PhraseContext const& context, Inherited inherited) {
  if (Found found = take_numeric_date(scanner, inherited.year); !found || *found) return found;
  if (scanner.sees_any({"年内", "年度内"})) {
    scanner.take_any({"年度", "年"});
    return whole_year(inherited.year, false);
  }
  if (scanner.take_any({"全年度", "全年"})) return whole_year(inherited.year, true);
  auto const year = take_year(scanner, context, inherited);
  if (!year) return tl::unexpected(year.error());
  if (*year) return in_year(scanner, (*year)->year, context, *year);
  if (Found found = in_year(scanner, inherited.year, context, std::nullopt); !found || *found) return found;
  return take_from_reference(scanner, context, inherited);
}

}  // namespace xiaohao::calendar::phrase
