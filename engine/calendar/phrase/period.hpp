#pragma once

// Time expressions: the stretch of days that words such as 3月底, 2024.5.31, 第三季度, 国庆节 or 下周一 name.

#include <optional>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/phrase/scanner.hpp"

namespace xiaohao::calendar::phrase {

struct Period {
  enum class Unit { Day, PartOfMonth, Month, Quarter, Half, Year, Week, Holiday };

  Date first;
  Date last;
  ScheduleKind kind;  ///< what it makes as a due date by itself: `Date`, `MonthEnd` or `Range`
  Unit unit;
  Text rule;
  bool checkpoints = false;  ///< 全年, X年度: a check at each quarter's end
};

/// What a later expression takes from an earlier one, or from the plan.
struct Inherited {
  int year;
  std::optional<unsigned> month;
};

using Found = Read<std::optional<Period>>;

/// Reads a time expression at the scanner. No value inside: there is none here, and nothing was taken.
/// Troubles: dates that do not exist, times that nobody can fix (3月初), references without a reference date,
/// holidays without data.
Found take_period(Scanner& scanner, PhraseContext const& context, Inherited inherited);

// The parts of it, one file each.

/// 2024-05-31, 2024.5.31, 2024/5/31, 20240531, 2024.5, 10.17, 5/31.
Found take_numeric_date(Scanner& scanner, int year);
/// 本月底, 下月15日, 本周五, 月底, 季度末, 当日, 25日: read from the reference, or `month` where a range
/// gives it.
Found take_from_reference(Scanner& scanner, PhraseContext const& context, Inherited inherited);
/// 春节, 五一, 国庆节: the days off in `year`.
Found take_holiday(Scanner& scanner, PhraseContext const& context, int year);
/// The name alone, without asking for its days.
bool take_holiday_name(Scanner& scanner);

/// 上旬, 底, 份, a day, or the month alone.
Found take_in_month(Scanner& scanner, int year, unsigned month);
Found take_in_quarter(Scanner& scanner, int year, int quarter);
/// 上旬, 中旬, 下旬, 上半月 …
std::optional<Period> take_part_of_month(Scanner& scanner, int year, unsigned month);
/// 初 or 中 after a year, quarter or month, where they mean its beginning or middle: times that nobody can
/// fix.
std::optional<std::string_view> vague_part(Scanner const& scanner);

struct WrittenYear {
  int year;
  bool checkpoints;  ///< alone it is a year with checkpoints: 2024年度, 当年, 本年度; 2024年 and 今年 are
                     ///< without
};
/// 2024年, 2024年度, 今年, 次年 by itself; nothing, and nothing taken, where none stands.
Read<std::optional<WrittenYear>> take_year(Scanner& scanner, PhraseContext const& context,
                                           Inherited inherited);
Read<int> checked_year(int year);
Date make_date(int year, unsigned month, unsigned day);
/// The last day of a month that exists.
Date month_end(int year, unsigned month);
/// A day by itself, refused where its month has no such day or a written weekday contradicts it.
Found one_day(Scanner& scanner, int year, unsigned month, unsigned day, Text rule);
Text day_rule();
/// 1 to 7 for 一 to 日 (周, 星期 and 礼拜 are taken before); 0, and nothing taken, for none; above 7 for
/// nonsense.
int take_weekday(Scanner& scanner);

}  // namespace xiaohao::calendar::phrase
