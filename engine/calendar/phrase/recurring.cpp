#include "engine/calendar/phrase/recurring.hpp"

#include <algorithm>
#include <vector>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

using FoundRule = Read<std::optional<Recurring>>;

auto no_rule(std::string zh, std::string en) {
  return unread(Trouble::Ambiguous, zh + "；请写明各次日期", en + "; name the dates");
}

std::string every(int interval) { return interval > 1 ? "INTERVAL=" + std::to_string(interval) + ";" : ""; }

FoundRule weekly(Scanner& scanner, int interval) {
  Read<std::string> const days = take_days_of_week(scanner);
  if (!days) return tl::unexpected(days.error());
  return Recurring{"FREQ=WEEKLY;" + every(interval) + "BYDAY=" + *days,
                   {"一周为星期一至星期日，未写星期几的为星期日",
                    "weeks run from Monday to Sunday, and end on Sunday where no day is named"}};
}

FoundRule monthly(Scanner& scanner, int interval, std::string const& months = "") {
  if (scanner.sees_any({"结束后", "终了后", "后"}))
    return no_rule("期满之后若干天遇休息日要顺延，不能写成周期规则",
                   "so many days after each period move for days off, which no rule can state");
  Read<DaysOfMonth> const days = take_days_of_month(scanner);
  if (!days) return tl::unexpected(days.error());
  std::string const by_month = months.empty() ? "" : "BYMONTH=" + months + ";";
  Text meaning{"每月按所写日期，未写的为月末", "monthly on the day named, else on the last day"};
  if (days->greatest > 28)
    meaning.zh += "，没有该日的月份不计", meaning.en += ", skipping months without that day";
  return Recurring{"FREQ=MONTHLY;" + every(interval) + by_month + days->by, std::move(meaning)};
}

FoundRule quarterly(Scanner& scanner) {
  std::string months = "3,6,9,12";
  if (auto const word = vague_part(scanner)) return ambiguous("季度" + std::string(*word));
  if (scanner.take_any({"首月", "第1个月", "首个月"}))
    months = "1,4,7,10";
  else if (scanner.take_any({"第2个月", "中间月", "次月"}))
    months = "2,5,8,11";
  else
    scanner.take_any({"末月", "最后1个月", "第3个月"});
  FoundRule found = monthly(scanner, 1, months);
  if (found && *found)
    (*found)->meaning = {"每季度按季末月末日，写明首月、末月和日期的从其所写",
                         "quarterly on the quarter's last day, unless its month and day are named"};
  return found;
}

/// The last day of a month, in some year: February has a 29th.
int last_day_of(int month) {
  return static_cast<int>(static_cast<unsigned>(month_end(2024, static_cast<unsigned>(month)).day()));
}

auto no_such_day(int month, int day) {
  return impossible(std::to_string(month) + "月没有 " + std::to_string(day) + " 日",
                    "no month " + std::to_string(month) + " has a day " + std::to_string(day));
}

/// The months and days of 每年3月15日, 每年6月、12月底, 每年第一季度, 每年10.17.
FoundRule yearly(Scanner& scanner) {
  Text const meaning{"每年按所写日期，未写的为12月31日", "yearly on the date named, else on 31 December"};
  auto const rule = [&](std::string const& months, std::string const& days) {
    return Recurring{"FREQ=YEARLY;BYMONTH=" + months + ";" + days, meaning};
  };
  if (scanner.sees_any({"年初", "年中", "初"})) return ambiguous("年初");
  if (scanner.take_any({"年底", "年末", "年终", "底", "末", "终"})) return rule("12", "BYMONTHDAY=31");
  if (scanner.sees_any({"元旦", "春节", "清明", "端午", "中秋", "国庆", "劳动节"}))
    return no_rule("节假日每年日期不同，不能写成周期规则",
                   "holidays move from year to year, which no rule can state");
  if (scanner.take_any({"上、下半年", "上下半年", "上半年、下半年", "上半年和下半年"}))
    return rule("6,12", "BYMONTHDAY=-1");
  if (scanner.take("上半年")) return rule("6", "BYMONTHDAY=-1");
  if (scanner.take("下半年")) return rule("12", "BYMONTHDAY=-1");
  Scanner ahead = scanner;
  ahead.take("第");
  if (auto const quarter = ahead.number_before({"个季度", "季度"}, 1)) {
    if (*quarter < 1 || *quarter > 4) return impossible("一年只有四个季度", "a year has four quarters");
    ahead.take_any({"末", "底"});
    scanner = ahead;
    return rule(std::to_string(*quarter * 3), "BYMONTHDAY=-1");
  }
  if (scanner.sees_digit()) {  // 10.17, 5/31
    Scanner numeric = scanner;
    auto const date = take_numeric_date(numeric, 2024);  // a leap year: 2.29 exists in some years
    if (!date) return tl::unexpected(date.error());
    if (*date) {
      scanner = numeric;
      return rule(std::to_string(static_cast<unsigned>((*date)->last.month())),
                  "BYMONTHDAY=" + std::to_string(static_cast<unsigned>((*date)->last.day())));
    }
  }
  std::vector<int> months;
  std::string days;
  int greatest = 0;            // of `days`
  bool all_month_ends = true;  // 6月30日、12月31日 are the last days of their months
  for (ahead = scanner;;) {
    auto const m = ahead.number_before({"月"}, 2);
    Scanner bare = ahead;  // 每年6、12月底
    std::optional<int> lone;
    if (!m) {
      lone = bare.number(2);
      if (!lone || !bare.take_any({"、", "和", "及", "与"}) || !bare.sees_digit()) break;
    }
    int const month = m ? *m : *lone;
    if (month < 1 || month > 12)
      return impossible("没有 " + std::to_string(month) + " 月",
                        "there is no month " + std::to_string(month));
    if (lone) {
      months.push_back(month);
      ahead = bare;
      continue;
    }
    ahead.take("份");
    Read<DaysOfMonth> const in_month = take_days_of_month(ahead);
    if (!in_month) return tl::unexpected(in_month.error());
    if (in_month->greatest > last_day_of(month)) return no_such_day(month, in_month->greatest);
    Scanner after = ahead;
    after.take_any({"之前", "以前", "前"});
    bool const more = after.take_any({"、", "和", "及", "与"}) && after.sees_digit();
    auto const last_of_month = std::to_string(last_day_of(month));
    all_month_ends = all_month_ends && month != 2 &&
                     (in_month->by == "BYMONTHDAY=-1" || in_month->by == "BYMONTHDAY=" + last_of_month);
    // 6月、12月底: a month without a day takes the day that is written last.
    if (!days.empty() && days != in_month->by && !all_month_ends)
      return no_rule("各月的日子不同，一条规则写不下",
                     "the days differ from month to month, which no rule can state");
    if (!days.empty() && days != in_month->by) {
      days = "BYMONTHDAY=-1";
      greatest = 0;
    } else if (in_month->named || !more) {
      days = in_month->by;
      greatest = in_month->greatest;
    }
    months.push_back(month);
    scanner = ahead;
    if (!more) break;
    ahead = after;
  }
  if (months.empty()) return rule("12", "BYMONTHDAY=31");
  std::sort(months.begin(), months.end());
  months.erase(std::unique(months.begin(), months.end()), months.end());
  for (int const m : months)  // 6月、1月31日: a month that shares the day of another must have it
    if (greatest > last_day_of(m)) return no_such_day(m, greatest);
  std::string list;
  for (int m : months) list += (list.empty() ? "" : ",") + std::to_string(m);
  return rule(list, days);
}

FoundRule of_unit(Scanner& scanner, int interval) {
  if (scanner.sees_any({"年龄", "年级"})) return std::optional<Recurring>{};
  if (scanner.take_any({"个工作日", "工作日"}))
    return no_rule("“每个工作日”不能写成周期规则，可写每日或每周几",
                   "each working day is no RFC 5545 rule, but 每日 or the days of the week are");
  if (scanner.take_any({"半年度", "半年"})) {
    scanner.take_any({"末", "底"});
    return Recurring{"FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1",
                     {"每半年为6月30日和12月31日", "half-yearly on 30 June and 31 December"}};
  }
  if (scanner.take_any({"半个月", "半月"})) {
    scanner.take_any({"末", "底"});
    return Recurring{"FREQ=MONTHLY;BYMONTHDAY=15,-1",
                     {"每半月为15日和月末", "twice a month, on the 15th and the last day"}};
  }
  if (scanner.take("旬"))
    return Recurring{"FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
                     {"每旬为10日、20日和月末", "every ten days, on the 10th, the 20th and the last day"}};
  if (scanner.take_any({"日", "天"}))
    return Recurring{interval > 1 ? "FREQ=DAILY;INTERVAL=" + std::to_string(interval) : "FREQ=DAILY",
                     {"每天", "each day"}};
  if (scanner.take_any({"个星期", "个周", "个礼拜", "星期", "周", "礼拜"})) return weekly(scanner, interval);
  if (scanner.take_any({"个季度", "季度", "季"}))
    return interval == 1
               ? quarterly(scanner)
               : no_rule("几个季度一次没有确定从哪一季度起", "which quarter comes first is not said");
  if (scanner.take_any({"个月份", "个月", "月份", "月"})) return monthly(scanner, interval);
  if (scanner.take_any({"年度", "年"}))
    return interval == 1 ? yearly(scanner)
                         : no_rule("几年一次没有确定从哪一年起", "which year comes first is not said");
  return std::optional<Recurring>{};
}

/// 一月一调度, 一季一通报, 1周1次: once a period, said twice. Stands behind the unit then.
FoundRule once_each(Scanner& scanner) {
  Scanner ahead = scanner;
  // 半年一次; 一日一报 with its verb, since 1日1 may begin a date.
  if (Scanner half = scanner; half.take("半年")) {
    Scanner const times = half;
    if (half.take("1") && half.sees_any({"次", "考", "评", "报", "通报", "督", "总结", "调度"})) {
      scanner = times;
      Scanner unit("半年");
      return of_unit(unit, 1);
    }
  }
  if (Scanner day = scanner; day.take("1日")) {
    Scanner const times = day;
    if (day.take("1") && day.sees_any({"报", "调度", "通报", "研判", "汇总", "督"})) {
      scanner = times;
      Scanner unit("日");
      return of_unit(unit, 1);
    }
  }
  for (auto const& [twice, unit] :
       {std::pair{"月月", "月"}, {"季季", "季"}, {"周周", "周"}, {"天天", "天"}, {"年年", "年"}})
    if (scanner.take(twice)) {
      Scanner alone(unit);
      return of_unit(alone, 1);
    }
  if (!ahead.take("1")) return std::optional<Recurring>{};
  for (std::string_view unit : {"个季度", "季度", "季", "个月", "月", "周", "天", "年"}) {
    Scanner after = ahead;
    if (!after.take(unit)) continue;
    Scanner beyond = after;
    if (!beyond.take("1") || beyond.at_end() || beyond.sees_digit() ||
        beyond.sees_any({"日", "号", "个", "天", "至", "到", "-", "~", "前", "旬", "月", "年"}))
      break;
    scanner = after;
    Scanner alone(unit);
    return of_unit(alone, 1);
  }
  return std::optional<Recurring>{};
}

}  // namespace

FoundRule take_recurring(Scanner& scanner) {
  if (FoundRule found = once_each(scanner); !found || *found) return found;
  Scanner ahead = scanner;
  if (ahead.take("以")) {
    ahead.take_any({"每", "1个", "1"});
    if (FoundRule found = of_unit(ahead, 1); found && *found && ahead.take("为单位")) {
      scanner = ahead;
      return found;
    }
    return std::optional<Recurring>{};
  }
  int interval = 1;
  if (ahead.take("隔")) {  // 隔周, 隔日; how many lie between 每隔两天 is read in two ways
    interval = 2;
    ahead.take("1");
  } else if (ahead.take("每隔")) {
    interval = 2;
    if (auto const n = ahead.number(2); n && *n != 1)
      return no_rule("“每隔几”有两种算法", "how many lie between is counted in two ways");
  } else if (ahead.take("各")) {
    if (!ahead.sees_any({"季度末", "季末", "月底", "月末"})) return std::optional<Recurring>{};
  } else if (Scanner falling = ahead; falling.take("每逢") && falling.number_before({"日", "号"}, 2)) {
    return no_rule("“每逢几日”可指每月该日，也可指逢该数的各日",
                   "it may mean one day of each month or several");
  } else if (ahead.take_any({"每逢", "每1个", "每个", "每"})) {
    interval = ahead.number(2).value_or(1);
  } else if (ahead.take_any({"逐", "按"})) {
    if (ahead.sees_any({"日常", "年轮", "年限", "周边", "周围", "周期", "季节", "天然"}))
      return std::optional<Recurring>{};
  } else {
    return std::optional<Recurring>{};
  }
  if (ahead.sees_any({"双月", "单月"})) {
    bool const even = ahead.take("双月");
    if (!even) ahead.take("单月");
    scanner = ahead;
    return monthly(scanner, 1, even ? "2,4,6,8,10,12" : "1,3,5,7,9,11");
  }
  if (ahead.take("双周")) {
    scanner = ahead;
    return weekly(scanner, 2);
  }
  if (interval < 1) return impossible("周期至少为 1", "the interval is at least 1");
  FoundRule found = of_unit(ahead, interval);
  if (found && *found) {
    ahead.take_any({"内", "之内"});
    scanner = ahead;
  }
  return found;
}

}  // namespace xiaohao::calendar::phrase
