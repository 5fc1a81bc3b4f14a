#include <algorithm>
#include <string>
#include <vector>

#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/recurring.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

constexpr char const* weekdays[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};

bool take_and(Scanner& scanner) { return scanner.take_any({"、", ",", "和", "及", "与", "以及"}); }

std::string joined(std::vector<int> numbers) {
  // In the order of the month, the last day at its end, each once.
  std::sort(numbers.begin(), numbers.end(), [](int a, int b) { return (a < 0 ? 99 : a) < (b < 0 ? 99 : b); });
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string text;
  for (int number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

/// 第一个周五, 最后一个星期一.
Read<std::optional<DaysOfMonth>> nth_weekday(Scanner& scanner) {
  Scanner ahead = scanner;
  std::string ordinal = "-1";
  if (!ahead.take("最后1个")) {
    ahead.take("第");
    auto const n = ahead.number_before({"个"}, 1);
    if (!n) return std::optional<DaysOfMonth>{};
    ordinal = std::to_string(*n);
    if (*n < 1 || *n > 4)
      return unread(Trouble::Impossible, "不是每个月都有第" + ordinal + "个；请写第一至第四个或最后一个",
                    "not every month has one number " + ordinal + "; write the first to fourth, or the last");
  }
  if (!ahead.take_any({"周", "星期", "礼拜"})) return std::optional<DaysOfMonth>{};
  int const day_number = take_weekday(ahead);
  if (day_number == 0) return std::optional<DaysOfMonth>{};
  if (day_number > 7) return impossible("一周只有七天", "a week has seven days");
  scanner = ahead;
  return DaysOfMonth{"BYDAY=" + ordinal + weekdays[static_cast<std::size_t>(day_number)], 7, true};
}

/// One day in a list: 5日, 5号, 5 before another, 底.
std::optional<int> one_of_days(Scanner& scanner, bool first) {
  Scanner ahead = scanner;
  if (auto const d = ahead.number_before({"日", "号"}, 2)) {
    scanner = ahead;
    return d;
  }
  Scanner bare = scanner;
  if (Scanner span = scanner; first) {  // 每月1-5日
    auto const d = span.number(2);
    Scanner beyond = span;
    if (d && beyond.take_until() && beyond.number_before({"日", "号"}, 2)) {
      scanner = span;
      return d;
    }
  }
  if (auto const d = bare.number(2); d && take_and(bare) && bare.sees_digit()) {
    scanner = Scanner(scanner.rest().substr(scanner.rest().find_first_not_of("0123456789")));
    return d;
  }
  if (scanner.take_any({"最后1天", "最后1日", "月底", "月末", "底", "末"})) return -1;
  if (!first) return std::nullopt;
  if (scanner.take("上旬")) return 10;
  if (scanner.take("中旬")) return 20;
  if (scanner.take("下旬")) return -1;
  if (scanner.take("上半月")) return 15;
  if (scanner.take("下半月")) return -1;
  return std::nullopt;
}

}  // namespace

Read<DaysOfMonth> take_days_of_month(Scanner& scanner) {
  scanner.take("的");
  if (Read<std::optional<DaysOfMonth>> nth = nth_weekday(scanner); !nth || *nth) {
    if (!nth) return tl::unexpected(nth.error());
    return **nth;
  }
  if (auto const word = vague_part(scanner)) return ambiguous("月" + std::string(*word));
  std::vector<int> days;
  for (Scanner ahead = scanner;;) {
    auto const d = one_of_days(ahead, days.empty());
    if (!d) break;
    if (*d == 0 || *d > 31)
      return impossible("没有 " + std::to_string(*d) + " 日", "there is no day " + std::to_string(*d));
    days.push_back(*d);
    scanner = ahead;
    if (Scanner beyond = ahead;
        days.size() == 1 && *d > 0 && beyond.take_until())  // 每月1日至5日 is due on the 5th
      if (auto const last = beyond.number_before({"日", "号"}, 2)) {
        if (*last > 31)
          return impossible("没有 " + std::to_string(*last) + " 日",
                            "there is no day " + std::to_string(*last));
        if (*last <= *d)
          return unread(Trouble::Reversed, "结束早于开始；请改正起止日期",
                        "the end is before the start; correct the days");
        days.front() = *last;
        scanner = beyond;
        break;
      }
    if (!take_and(ahead)) break;
  }
  bool const named = !days.empty();
  if (!named) days.push_back(-1);
  int const greatest = std::max(0, *std::max_element(days.begin(), days.end()));
  return DaysOfMonth{"BYMONTHDAY=" + joined(std::move(days)), greatest, named};
}

Read<std::string> take_days_of_week(Scanner& scanner) {
  std::vector<int> days;
  for (Scanner ahead = scanner;;) {
    ahead.take_any({"周", "星期", "礼拜"});
    if (Scanner times = ahead; times.number_before({"次", "个", "轮", "回", "遍"}, 2)) break;  // 每周1次
    int const day_number = take_weekday(ahead);
    if (day_number == 0) break;
    int last = day_number;
    if (Scanner beyond = ahead; day_number <= 7 && beyond.take_until()) {
      beyond.take_any({"周", "星期", "礼拜"});
      if (int const until = take_weekday(beyond); until > 0) {
        last = until;
        if (last <= day_number)
          return unread(Trouble::Reversed, "一周为星期一至星期日；“至”后应晚于前者",
                        "weeks run from Monday to Sunday; write the later day last");
        ahead = beyond;
      }
    }
    if (last > 7)
      return impossible("一周只有七天，没有“周" + std::to_string(last) + "”", "a week has seven days");
    for (int each = day_number; each <= last; ++each) days.push_back(each);
    scanner = ahead;
    if (!take_and(ahead)) break;
  }
  if (days.empty()) days.push_back(7);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::string text;
  for (int day_number : days)
    text += (text.empty() ? "" : ",") + std::string(weekdays[static_cast<std::size_t>(day_number)]);
  return text;
}

}  // namespace xiaohao::calendar::phrase
