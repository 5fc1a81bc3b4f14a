#include <string>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

Found no_month(int m) {
  return impossible("没有 " + std::to_string(m) + " 月", "there is no month " + std::to_string(m));
}

Found day_of(Scanner& scanner, int y, int m, int d) {
  if (m < 1 || m > 12) return no_month(m);
  scanner.take_any({"日", "号"});
  return one_day(scanner, y, static_cast<unsigned>(m), static_cast<unsigned>(d), day_rule());
}

/// How many digits stand at the scanner.
std::size_t digits_at(Scanner const& scanner) {
  std::size_t count = 0;
  for (char c : scanner.rest()) {
    if (c < '0' || c > '9') break;
    ++count;
  }
  return count;
}

/// What follows a quantity such as 2.5分 or 1.5万元, and no date.
bool is_quantity(Scanner const& after) {
  return after.sees_any({"分", "%",  "元", "亿", "万", "千", "百", "倍", "个", "公", "米",  "亩",
                         "吨", "级", "度", "平", "立", "升", "人", "户", "次", "折", "小时"});
}

/// May a month and a day with a dash between them end here? `3-5月` and `10-15个工作日` are something else.
bool ends_a_date(Scanner const& after) {
  return after.at_end() || after.sees_any({"前", "之前", "以前", "-", "~", "至", "到", ")", ","});
}

}  // namespace

Found take_numeric_date(Scanner& scanner, int year_implied) {
  std::size_t const digits = digits_at(scanner);
  if (digits == 8) {
    Scanner ahead = scanner;
    int const packed = *ahead.number(8);
    auto const y = checked_year(packed / 10000);
    if (!y) return tl::unexpected(y.error());
    scanner = ahead;
    return day_of(scanner, *y, packed / 100 % 100, packed % 100);
  }
  if (digits != 1 && digits != 2 && digits != 4) return std::optional<Period>{};
  for (std::string_view separator : {".", "/", "-"}) {
    Scanner ahead = scanner;
    int const first = *ahead.number(4);
    if (!ahead.take(separator)) continue;
    auto const second = ahead.number(2);
    if (!second) continue;
    Scanner beyond = ahead;
    if (beyond.take(separator))
      if (auto const third = beyond.number(2); third && (digits == 4 || separator != "-")) {
        if (is_quantity(beyond)) return std::optional<Period>{};
        if (digits != 4)
          return impossible("年份应为四位数字，如2024年", "a year has four digits, such as 2024.5.31");
        auto const y = checked_year(first);
        if (!y) return tl::unexpected(y.error());
        scanner = beyond;
        return day_of(scanner, *y, *second, *third);
      }
    if (ahead.sees_any({"月", "年", "季"}) || is_quantity(ahead)) continue;
    if (digits == 4) {  // 2024.5, 2024-05: a month
      auto const y = checked_year(first);
      if (!y) return tl::unexpected(y.error());
      if (*second < 1 || *second > 12) return no_month(*second);
      scanner = ahead;
      return take_in_month(scanner, *y, static_cast<unsigned>(*second));
    }
    if (separator == "-") {
      if (!ends_a_date(ahead)) continue;
      if (*second <= 12 && *second > 0 && first <= 12 && first > 0)
        return unread(Trouble::Ambiguous,
                      "“" + std::to_string(first) + "-" + std::to_string(*second) +
                          "”可能是日期，也可能是起止月份；请写成“3月5日”或“3月至5月”",
                      std::to_string(first) + "-" + std::to_string(*second) +
                          " may be a day or a range of months; write 3月5日 or 3月至5月");
    }
    scanner = ahead;
    return day_of(scanner, year_implied, first, *second);
  }
  return std::optional<Period>{};
}

}  // namespace xiaohao::calendar::phrase
