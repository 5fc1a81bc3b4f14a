#include "engine/calendar/phrase/recurring.hpp"

#include <array>

namespace xiaohao::calendar::phrase {
namespace {

using Found = Result<std::optional<Recurring>>;

auto impossible(std::string zh, std::string en) {
  return refuse(Reason::Malformed, "", {std::move(zh), std::move(en)});
}

void skip_before(Scanner& scanner) { scanner.take_any({"之前", "以前", "前"}); }

Found weekly(Scanner& scanner, int interval) {
  static constexpr std::array<char const*, 8> names{"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  std::string days;
  do {
    Scanner ahead = scanner;
    ahead.take_any({"周", "星期"});
    int day = 0;
    if (auto const n = ahead.number(1)) {
      if (ahead.sees("次")) break;  // 每周1次
      day = *n;
      if (day < 1 || day > 7)
        return impossible("一周只有七天，没有“周" + std::to_string(day) + "”", "a week has seven days");
    } else if (ahead.take_any({"日", "天"})) {
      day = 7;
    } else if (ahead.take("末")) {
      day = 7;
    } else {
      break;
    }
    int last = day;
    Scanner beyond = ahead;
    if (beyond.take_any({"至", "到", "-", "~"})) {
      beyond.take_any({"周", "星期"});
      last = beyond.number(1).value_or(beyond.take_any({"日", "天"}) ? 7 : 0);
      if (last <= day || last > 7)
        return impossible("一周为星期一至星期日，“至”后应晚于前者",
                          "weeks run from Monday to Sunday, so the second day is later than the first");
      ahead = beyond;
    }
    scanner = ahead;
    for (int each = day; each <= last; ++each)
      days += (days.empty() ? "" : ",") + std::string(names[static_cast<std::size_t>(each)]);
  } while (scanner.take_any({"、", ",", "和", "及"}));
  if (days.empty()) days = "SU";
  std::string const every = interval > 1 ? "INTERVAL=" + std::to_string(interval) + ";" : "";
  return Recurring{"FREQ=WEEKLY;" + every + "BYDAY=" + days,
                   {"一周为星期一至星期日，未写星期几的为星期日",
                    "weeks run from Monday to Sunday, and end on Sunday where no day is named"}};
}

/// The days of a month: 25日前, 5日、20日, 底, 上旬; the last day when none is named.
Result<std::string> month_days(Scanner& scanner) {
  std::string days;
  scanner.take("的");
  do {
    Scanner ahead = scanner;
    if (auto const d = ahead.number_before({"日", "号"}, 2)) {
      if (*d < 1 || *d > 31)
        return impossible("没有 " + std::to_string(*d) + " 日", "there is no day " + std::to_string(*d));
      scanner = ahead;
      days += (days.empty() ? "" : ",") + std::to_string(*d);
    } else {
      break;
    }
  } while (scanner.take_any({"、", ",", "和", "及"}));
  if (!days.empty()) return days;
  if (scanner.take("上旬")) return std::string("10");
  if (scanner.take("中旬")) return std::string("20");
  if (scanner.take_any({"初", "中"}))
    return impossible("“月初”“月中”没有确定的日子，请写明日期",
                      "the beginning or middle of a month is no fixed day; write a date");
  scanner.take_any({"最后1天", "月底", "月末", "底", "末", "下旬"});
  return std::string("-1");
}

Found monthly(Scanner& scanner, int interval) {
  Result<std::string> const days = month_days(scanner);
  if (!days) return tl::unexpected(days.error());
  std::string const every = interval > 1 ? "INTERVAL=" + std::to_string(interval) + ";" : "";
  return Recurring{"FREQ=MONTHLY;" + every + "BYMONTHDAY=" + *days,
                   {"每月按所写日期，未写的为月末", "monthly on the day named, else on the last day"}};
}

Found quarterly(Scanner& scanner) {
  std::string months = "3,6,9,12";
  if (scanner.take_any({"首月", "第1个月", "首个月"}))
    months = "1,4,7,10";
  else if (scanner.take_any({"第2个月", "中月"}))
    months = "2,5,8,11";
  else
    scanner.take_any({"末月", "最后1个月", "第3个月"});
  Result<std::string> const days = month_days(scanner);
  if (!days) return tl::unexpected(days.error());
  return Recurring{"FREQ=MONTHLY;BYMONTH=" + months + ";BYMONTHDAY=" + *days,
                   {"每季度按季末月末日，写明首月、末月和日期的从其所写",
                    "quarterly on the quarter's last day, unless its month and day are named"}};
}

Found yearly(Scanner& scanner) {
  Text const meaning{"每年按所写日期，未写的为12月31日", "yearly on the date named, else on 31 December"};
  if (scanner.take_any({"年底", "年末", "年终", "底", "末", "终"}))
    return Recurring{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", meaning};
  if (auto const m = scanner.number_before({"月"}, 2)) {
    if (*m < 1 || *m > 12)
      return impossible("没有 " + std::to_string(*m) + " 月", "there is no month " + std::to_string(*m));
    scanner.take("份");
    Result<std::string> const days = month_days(scanner);
    if (!days) return tl::unexpected(days.error());
    return Recurring{"FREQ=YEARLY;BYMONTH=" + std::to_string(*m) + ";BYMONTHDAY=" + *days, meaning};
  }
  return Recurring{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", meaning};
}

Found of_unit(Scanner& scanner, int interval) {
  if (scanner.take_any({"工作日"}))
    return impossible("“每个工作日”不是 RFC 5545 能表示的周期，请写每日或每周几",
                      "each working day is no RFC 5545 rule; write 每日 or the days of the week");
  if (scanner.take_any({"半年度", "半年"}))
    return Recurring{"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
                     {"每半年为6月30日和12月31日", "half-yearly on 30 June and 31 December"}};
  if (scanner.take_any({"日", "天"}))
    return Recurring{interval > 1 ? "FREQ=DAILY;INTERVAL=" + std::to_string(interval) : "FREQ=DAILY",
                     {"每天", "each day"}};
  if (scanner.take_any({"周", "星期"})) return weekly(scanner, interval);
  if (scanner.take_any({"季度", "季"}))
    return interval == 1 ? quarterly(scanner) : impossible("请写明各次日期", "name the dates");
  if (scanner.take_any({"个月", "月份", "月"})) return monthly(scanner, interval);
  if (scanner.take_any({"年度", "年"}))
    return interval == 1 ? yearly(scanner) : impossible("请写明各次日期", "name the dates");
  return std::optional<Recurring>{};
}

}  // namespace

Found take_recurring(Scanner& scanner) {
  Scanner ahead = scanner;
  if (ahead.take("以")) {
    Scanner unit = ahead;
    if (Found found = of_unit(unit, 1); found && *found && unit.take("为单位")) {
      scanner = unit;
      return found;
    }
    return std::optional<Recurring>{};
  }
  if (ahead.take("隔周")) {
    scanner = ahead;
    return weekly(scanner, 2);
  }
  if (!ahead.take_any({"每逢", "每个", "每", "逐", "按"})) return std::optional<Recurring>{};
  int const interval = ahead.number(2).value_or(1);
  if (interval < 1) return impossible("周期至少为 1", "the interval is at least 1");
  Found found = of_unit(ahead, interval);
  if (found && !*found) return found;
  scanner = ahead;
  if (found) skip_before(scanner);
  return found;
}

}  // namespace xiaohao::calendar::phrase
