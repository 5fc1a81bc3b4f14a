#include "tests/unit/calendar/spelling.hpp"

#include <array>

namespace xiaohao::calendar {
namespace {

using namespace std::chrono;

std::string const digits_in_chinese[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
std::string const digits_full_width[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};

std::string replaced(std::string const& digits, std::string const (&by)[10]) {
  std::string text;
  for (char c : digits) text += by[c - '0'];
  return text;
}

std::string in_chinese(int number) {
  if (number > 99) return replaced(std::to_string(number), digits_in_chinese);
  std::string text = number >= 20 ? digits_in_chinese[number / 10] : "";
  if (number >= 10) text += "十";
  return number % 10 != 0 ? text + digits_in_chinese[number % 10] : text;
}

/// A phrase is spelt in one kind of numerals throughout, as people do.
class Speller {
 public:
  Speller(Random& random, int plan_year)
      : random_(random), plan_year_(plan_year), numerals_(random.between(0, 3)) {}

  Spelt spell() {
    switch (random_.between(0, 8)) {
      case 0:
      case 1:
        return weakened(point(ScheduleKind::Date, some_day()));
      case 2:
      case 3:
        return weakened(month_end());
      case 4:
        return weakened(ten_days());
      case 5:
      case 6:
        return weakened(range());
      case 7:
        return weakened(recurrence());
      default:
        return weakened(relative());
    }
  }

 private:
  Random& random_;
  int plan_year_;
  int numerals_;

  std::string number(int n) {
    if (numerals_ == 0) return in_chinese(n);
    if (numerals_ == 1) return replaced(std::to_string(n), digits_full_width);
    if (numerals_ == 2 && n < 10) return "0" + std::to_string(n);
    return std::to_string(n);
  }

  Date some_day() {
    int const y = random_.chance(60) ? plan_year_ : random_.between(2000, 2099);
    auto const m = static_cast<unsigned>(random_.between(1, 12));
    auto const end = static_cast<unsigned>((year{y} / month{m} / last).day());
    return year{y} / month{m} / day{static_cast<unsigned>(random_.between(1, static_cast<int>(end)))};
  }

  std::string year_of(Date date) {
    int const y = static_cast<int>(date.year());
    if (y == plan_year_ && random_.chance(60)) return random_.among<std::string>({"", "", "今年", "当年"});
    if (y == plan_year_ + 1 && random_.chance(60)) return "明年";
    return number(y) + random_.among<std::string>({"年", "年", "年度"});
  }
  std::string month_of(Date date) {
    return number(static_cast<int>(static_cast<unsigned>(date.month()))) + "月";
  }
  std::string day_of(Date date) {
    return number(static_cast<int>(static_cast<unsigned>(date.day()))) +
           random_.among<std::string>({"日", "日", "号"});
  }
  std::string in_figures(Date date) {
    char text[16];
    auto const y = static_cast<int>(date.year());
    auto const m = static_cast<unsigned>(date.month()), d = static_cast<unsigned>(date.day());
    switch (random_.between(0, y == plan_year_ ? 5 : 3)) {
      case 0:
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", y, m, d);
        break;
      case 1:
        std::snprintf(text, sizeof text, "%d.%u.%u", y, m, d);
        break;
      case 2:
        std::snprintf(text, sizeof text, "%d/%u/%u", y, m, d);
        break;
      case 3:
        std::snprintf(text, sizeof text, "%04d%02u%02u", y, m, d);
        break;
      case 4:
        std::snprintf(text, sizeof text, "%u.%u", m, d);
        break;
      default:
        std::snprintf(text, sizeof text, "%u/%u", m, d);
    }
    return text;
  }
  std::string spelt(Date date) {
    return random_.chance(30) ? in_figures(date) : year_of(date) + month_of(date) + day_of(date);
  }
  std::string before() { return random_.among<std::string>({"", "前", "之前", "以前"}); }

  Spelt point(ScheduleKind kind, Date due) {
    return {spelt(due) + before(), {"", kind, {}, due, {}, false}, {}};
  }

  Spelt month_end() {
    Date const any = some_day();
    Date const due{any.year() / any.month() / last};
    std::string const end = random_.among<std::string>({"", "份", "底", "末", "份底", "下旬", "最后一天"});
    return {
        year_of(due) + month_of(due) + end + before(), {"", ScheduleKind::MonthEnd, {}, due, {}, false}, {}};
  }
  Spelt ten_days() {
    Date const any = some_day();
    bool const first = random_.chance(50);
    Date const due = any.year() / any.month() / day{first ? 10u : 20u};
    return {year_of(due) + month_of(due) + (first ? "上旬" : "中旬") + before(),
            {"", ScheduleKind::Date, {}, due, {}, false},
            {}};
  }

  Spelt range() {
    Date a = some_day(), b = some_day();
    if (b < a) std::swap(a, b);
    std::string const to = random_.among<std::string>({"至", "到", "-", "—", "～", "——", "－"});
    bool const days = random_.chance(60);
    std::string const first = year_of(a) + month_of(a) + (days ? day_of(a) : "");
    std::string end;
    // The end takes the year and the month of the beginning where it has none.
    bool const same_year = a.year() == b.year();
    if (!same_year && static_cast<int>(b.year()) == static_cast<int>(a.year()) + 1 && random_.chance(50))
      end = "次年";
    else if (!same_year || random_.chance(20))
      end = number(static_cast<int>(b.year())) + "年";
    if (!days || !end.empty() || a.month() != b.month() || random_.chance(50)) end += month_of(b);
    if (days) end += day_of(b);
    Date const due = days ? b : Date{b.year() / b.month() / last};
    Date const start = days ? a : a.year() / a.month() / day{1};
    return {first + to + end + before(), {"", ScheduleKind::Range, start, due, {}, false}, {}};
  }

  Spelt recurrence() {
    std::string const once = random_.among<std::string>({"", "", "至少一次", "开展一次", "报送"});
    Schedule means{
        "",   ScheduleKind::Recurrence, year{plan_year_} / January / 1, year{plan_year_} / December / 31, "",
        false};
    std::string phrase;
    int const d = random_.between(1, 28);
    std::string const on = number(d) + "日" + before();
    switch (random_.between(0, 4)) {
      case 0:
        phrase = random_.among<std::string>({"每月", "每个月"}) + on;
        means.recurrence = "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(d);
        break;
      case 1:
        phrase = random_.among<std::string>({"每季度首月", "每季首月", "每季度第一个月"}) + on;
        means.recurrence = "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=" + std::to_string(d);
        break;
      case 2:
        phrase = random_.among<std::string>({"每季度", "按季度", "每季", "每季度末", "每季度末月"}) + once;
        means.recurrence = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1";
        break;
      case 3: {
        static constexpr std::array<char const*, 7> names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
        int const n = random_.between(1, 7);
        phrase = random_.among<std::string>({"每周", "每星期"}) + (n == 7 ? "日" : in_chinese(n)) + before();
        means.recurrence = std::string("FREQ=WEEKLY;BYDAY=") + names[static_cast<std::size_t>(n - 1)];
        break;
      }
      default: {
        int const m = random_.between(1, 12);
        phrase = "每年" + number(m) + "月" + on;
        means.recurrence = "FREQ=YEARLY;BYMONTH=" + std::to_string(m) + ";BYMONTHDAY=" + std::to_string(d);
      }
    }
    return {phrase, means, {}};
  }

  /// Counted without a calendar: weekends alone.
  Spelt relative() {
    Date const from = some_day();
    int const n = random_.between(1, 90);
    auto const is_off = [](Date date) { return weekday_of(date).iso_encoding() > 5; };
    Date due = from;
    std::string unit;
    if (random_.chance(40)) {
      unit = "个工作日";
      for (int left = n; left > 0;) {
        due = add_days(due, 1);
        if (!is_off(due)) --left;
      }
    } else {
      unit = random_.among<std::string>({"日", "天"});
      due = add_days(from, n);
      while (is_off(due)) due = add_days(due, 1);
    }
    std::string const words = random_.among<std::string>(
        {"", "收到通知后", "自印发之日起", "会后", "接到交办单之日起", "在批复后"});
    std::string const within = random_.among<std::string>({"内", "之内", "以内"});
    return {words + number(n) + unit + within, {"", ScheduleKind::Relative, from, due, {}, false}, from};
  }

  /// Openers, verbs, softness, spaces and quotation marks around the time.
  Spelt weakened(Spelt spelt) {
    std::string opener =
        random_.among<std::string>({"", "", "务必于", "于", "在", "须于", "截至", "不迟于", "最迟"});
    std::string verb =
        random_.among<std::string>({"", "", "完成", "报送", "全面完成", "启动实施", "报县扶贫办", "前完成"});
    if (verb == "前完成") verb = "";
    bool const recurs = spelt.means.kind == ScheduleKind::Recurrence;
    if (recurs || spelt.reference) opener = "";
    std::string soft;
    if (random_.chance(20))
      soft = random_.among<std::string>({"力争", "争取", "原则上"}), spelt.means.soft = true;
    bool const soft_first = recurs || random_.chance(50);
    spelt.phrase = (soft_first ? soft : "") + opener + spelt.phrase + (soft_first ? "" : soft) + verb;
    if (random_.chance(20)) spelt.phrase = "“" + spelt.phrase + "”";
    if (random_.chance(20)) spelt.phrase = spaced(spelt.phrase);
    return spelt;
  }

  std::string spaced(std::string const& phrase) {
    std::string text;
    for (char c : phrase) {
      bool const begins = (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
      if (begins && random_.chance(30)) text += random_.among<std::string>({" ", "\u3000", "\u00A0"});
      text += c;
    }
    return text;
  }
};

}  // namespace

Spelt spell(Random& random, int plan_year) { return Speller(random, plan_year).spell(); }

}  // namespace xiaohao::calendar
