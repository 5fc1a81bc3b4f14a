#include "engine/calendar/deadline_phrase.hpp"

#include <algorithm>
#include <vector>

#include "engine/calendar/phrase/normalise.hpp"
#include "engine/calendar/phrase/period.hpp"
#include "engine/calendar/phrase/recurring.hpp"
#include "engine/calendar/phrase/scanner.hpp"

namespace xiaohao::calendar {
namespace {

using namespace std::chrono;
using namespace phrase;

auto wrong(std::string zh, std::string en) {
  return refuse(Reason::Malformed, "", {std::move(zh), std::move(en)});
}

Date first_of(int y) { return year{y} / January / 1; }
Date last_of(int y) { return year{y} / December / 31; }

/// Words that mean a time which nobody can fix.
std::optional<std::string_view> vague_word(std::string_view text) {
  for (std::string_view word : {"脱贫攻坚期内", "不定期", "定期",     "适时", "择期", "择机", "尽快", "尽早",
                                "及时",         "近期",   "近日",     "随时", "年初", "年中", "季初", "不日",
                                "早日",         "待定",   "另行通知", "左右", "上下", "大约", "大概"})
    if (text.find(word) != std::string_view::npos) return word;
  if (text.starts_with("日前")) return "日前";  // anywhere else it ends a date: 25日前
  return std::nullopt;
}

/// Words before the time that change nothing.
void skip_openers(Scanner& scanner, bool& soft) {
  for (bool taken = true; taken;) {
    taken = scanner.take_any({"务必", "必须", "确保", "最迟", "最晚", "截至", "截止到", "截止", "不迟于",
                              "不晚于", "应当", "应", "须", "需", "要", "在", "于", "到"});
    if (scanner.take_any({"力争", "争取", "原则上", "力求"})) soft = taken = true;
  }
}

/// What may follow a time without changing it: 完成, 启动实施, 报送 … No digits, and nothing that moves the
/// date.
bool harmless_tail(std::string_view tail) {
  if (tail.find_first_of("0123456789-~/.+") != std::string_view::npos) return false;
  for (std::string_view word : {"或", "至", "后", "左右", "前后", "以来", "起"})
    if (tail.starts_with(word)) return false;
  // Only words: a lone Latin letter or mark says that something was not understood.
  return std::none_of(tail.begin(), tail.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '?' || c == '!' || c == '*' || c == '=';
  });
}

class Reader {
 public:
  explicit Reader(PhraseContext const& context) : context_(context) {}

  Result<Reading> read(std::string_view text, Inherited& inherited) {
    Scanner scanner(text);
    skip_openers(scanner, soft_);
    if (scanner.at_end()) return nothing();
    if (auto const word = vague_word(scanner.rest()))
      return wrong("“" + std::string(*word) + "”没有确定的时间，请写明日期",
                   std::string(*word) + " means a time that cannot be fixed; write a date");
    if (scanner.take_any({"立行立改", "立改立行", "即知即改", "即知即改", "立即整改", "立即", "边查边改",
                          "边学边改", "边督边改"}))
      return immediate();
    if (scanner.take_any({"长期", "持续", "常态化", "经常性", "一直", "始终"}))
      return finish(ScheduleKind::Open, std::nullopt, std::nullopt, std::string(quarter_ends),
                    {"长期事项没有完成时限，每季度末检查一次",
                     "open-ended: no due date, a check at each quarter's end"});
    if (Result<std::optional<Reading>> relative = relative_period(scanner); !relative || *relative)
      return unwrap(std::move(relative));
    if (Result<std::optional<Recurring>> recurring = take_recurring(scanner); !recurring || *recurring) {
      if (!recurring) return tl::unexpected(recurring.error());
      if (!times_once(scanner))
        return wrong("一个周期内多次没有确定的日子，请写明各次日期",
                     "several times a period have no fixed days; name the dates");
      int const y = context_.year;
      return finish(ScheduleKind::Recurrence, first_of(y), last_of(y), (*recurring)->rule,
                    (*recurring)->meaning);
    }
    return point_or_range(scanner, inherited);
  }

 private:
  PhraseContext const& context_;
  bool soft_ = false;
  bool needs_calendar_ = false;
  int calendar_year_ = 0;

  static tl::unexpected<Refusal> nothing() {
    return wrong("没有读到时间；请写成“2月底”“9月15日前”“每季度”等",
                 "names no time; write it like 2月底, 9月15日前 or 每季度");
  }
  static Result<Reading> unwrap(Result<std::optional<Reading>> reading) {
    if (!reading) return tl::unexpected(reading.error());
    return std::move(**reading);
  }

  Result<Reading> finish(ScheduleKind kind, std::optional<Date> start, std::optional<Date> due,
                         std::optional<std::string> recurrence, Text const& rule) {
    Reading reading{{"", kind, start, due, std::move(recurrence), soft_}, {}};
    Text& text = reading.explanation;
    if (start && due && *start != *due)
      text = {to_string(*start) + " 至 " + to_string(*due) + " 24:00",
              "from " + to_string(*start) + " to the end of " + to_string(*due)};
    else if (due)
      text = {to_string(*due) + " 24:00 前", "by the end of " + to_string(*due)};
    else if (start)
      text = {"自 " + to_string(*start) + " 起", "from " + to_string(*start)};
    else
      text = {"无固定日期", "no fixed date"};
    if (reading.schedule.recurrence)
      text.zh += "，周期 " + *reading.schedule.recurrence,
          text.en += ", recurring by " + *reading.schedule.recurrence;
    text.zh += "：" + rule.zh;
    text.en += ": " + rule.en;
    if (soft_) text.zh += "；“力争”“原则上”为软性要求", text.en += "; softened by 力争 or 原则上";
    if (needs_calendar_ && !(context_.calendar && context_.calendar->has_year(calendar_year_))) {
      std::string const y = std::to_string(calendar_year_);
      text.zh += "；没有 " + y + " 年放假安排，仅按周末计算";
      text.en += "; there is no holiday calendar for " + y + ", so weekends alone were used";
    }
    text.zh += "。";
    text.en += ".";
    return reading;
  }

  Result<Reading> immediate() {
    std::optional<Date> due;
    if (context_.reference) due = add_days(*context_.reference, context_.immediate_days);
    std::string const days = std::to_string(context_.immediate_days);
    return finish(
        ScheduleKind::Immediate, context_.reference, due, std::nullopt,
        {"立行立改自交办之日起 " + days + " 天内完成", "at once: within " + days + " days of being issued"});
  }

  /// `N个工作日内`, `收到通知后15日内`, `半年内`. By 民法典 201–203 the first day is not counted, a month
  /// ends on the corresponding day, and a last day that is no working day moves to the next one.
  Result<std::optional<Reading>> relative_period(Scanner& scanner) {
    Scanner ahead = scanner;
    // Words such as 收到通知后 or 文件印发之日起 are the reference itself.
    for (std::string_view word : {"之日起", "日起", "之后", "以后", "后", "起"}) {
      auto const at = ahead.rest().find(word);
      if (at == std::string_view::npos ||
          ahead.rest().substr(0, at).find_first_of("0123456789") != std::string_view::npos)
        continue;
      ahead = Scanner(ahead.rest().substr(at + word.size()));
      ahead.take_any({"的", ","});
      break;
    }
    enum class Unit { WorkingDays, Days, Months } unit;
    int count = 0;
    if (ahead.take("半年"))
      unit = Unit::Months, count = 6;
    else if (ahead.take_any({"半个月", "半月"}))
      unit = Unit::Days, count = 15;
    else {
      auto const number = ahead.number(4);
      if (!number) return std::optional<Reading>{};
      count = *number;
      if (ahead.take_any({"个工作日", "工作日"}))
        unit = Unit::WorkingDays;
      else if (ahead.take_any({"个自然日", "自然日", "日", "天"}))
        unit = Unit::Days;
      else if (ahead.take_any({"个星期", "个周", "星期", "周"}))
        unit = Unit::Days, count *= 7;
      else if (ahead.take("个月"))
        unit = Unit::Months;
      else if (ahead.take("年") && count < 100)
        unit = Unit::Months, count *= 12;
      else
        return std::optional<Reading>{};
    }
    if (!ahead.take_any({"之内", "以内", "内"}) && unit != Unit::WorkingDays) return std::optional<Reading>{};
    scanner = ahead;
    if (count < 1) return wrong("期限至少为 1", "the period is at least 1");
    if (!context_.reference)
      return wrong("需要参照日期（--reference），例如收到通知的日期",
                   "needs a reference date (--reference), such as the day a notice was received");
    BusinessCalendar const weekends;
    BusinessCalendar const& calendar = context_.calendar ? *context_.calendar : weekends;
    Date const from = *context_.reference;
    Date due = from;
    if (unit == Unit::WorkingDays) {
      due = calendar.add_working_days(from, count);
    } else if (unit == Unit::Days) {
      due = calendar.roll_forward(add_days(from, count));
    } else {
      Date moved = from + months{count};
      if (!moved.ok()) moved = Date{moved.year() / moved.month() / last};
      due = calendar.roll_forward(moved);
    }
    if (static_cast<int>(due.year()) > 9999) return wrong("期限太长", "the period is too long");
    needs_calendar_ = true;
    calendar_year_ = static_cast<int>(due.year());
    Text const rule = unit == Unit::WorkingDays
                          ? Text{"自次日起按国务院办公厅放假安排计工作日",
                                 "working days by the State Council's calendar, the first day not counted"}
                          : Text{"自次日起算，末日为休息日的顺延至下一工作日（民法典 201–203）",
                                 "the first day is not counted, and a last day off moves to the next working "
                                 "day (Civil Code 201-203)"};
    Result<Reading> reading = finish(ScheduleKind::Relative, from, due, std::nullopt, rule);
    return std::optional<Reading>(std::move(*reading));
  }

  /// 至少一次 and the like; false when it is said to happen more than once in a period.
  static bool times_once(Scanner scanner) {
    std::string_view const rest = scanner.rest();
    auto const at = rest.find_first_of("0123456789");
    if (at == std::string_view::npos) return true;
    Scanner number(rest.substr(at));
    return number.number() == 1 &&
           number.rest().find_first_of("0123456789") == std::string_view::npos;  // 一次, 一报, 一调度
  }

  Result<Reading> point_or_range(Scanner& scanner, Inherited& inherited) {
    scanner.take_any({"自", "从", "由"});
    Scanner const beginning = scanner;
    if (auto month_range = bare_first_month(scanner, inherited))
      return range_between(*month_range, scanner, inherited);
    Result<std::optional<Period>> first = take_period(scanner, context_, inherited);
    if (!first) return tl::unexpected(first.error());
    if (!*first)
      return scanner.rest().empty() ? Result<Reading>(nothing()) : not_understood(beginning.rest());
    remember(**first, inherited);
    if (!scanner.sees("到位") && scanner.take_any({"至", "到", "-", "~"}))
      return range_between(**first, scanner, inherited);
    return single(**first, scanner);
  }

  /// The `3` of `3～5月`.
  std::optional<Period> bare_first_month(Scanner& scanner, Inherited const& inherited) {
    Scanner ahead = scanner;
    int y = inherited.year;
    if (auto const written = ahead.number_before({"年"}); written && *written >= 100) y = *written;
    auto const m = ahead.number(2);
    if (!m || *m < 1 || *m > 12 || !ahead.take_any({"-", "~", "至", "到"})) return std::nullopt;
    Scanner after = ahead;
    if (!after.number_before({"月"}, 2)) return std::nullopt;
    scanner = ahead;
    return Period{year{y} / month{static_cast<unsigned>(*m)} / 1,
                  month_end(y, static_cast<unsigned>(*m)),
                  ScheduleKind::MonthEnd,
                  {},
                  false,
                  false,
                  true};
  }

  static void remember(Period const& period, Inherited& inherited) {
    inherited.year = static_cast<int>(period.last.year());
    if (period.month_named) inherited.month = static_cast<unsigned>(period.last.month());
  }

  Result<Reading> range_between(Period const& first, Scanner& scanner, Inherited& inherited) {
    Inherited from_first{static_cast<int>(first.first.year()), static_cast<unsigned>(first.first.month())};
    std::string_view const written = scanner.rest();
    Result<std::optional<Period>> second = take_period(scanner, context_, from_first);
    if (!second) return tl::unexpected(second.error());
    if (!*second) return not_understood(written);
    if ((*second)->last < first.first)
      return wrong("结束早于开始；跨年请写“次年”",
                   "the end is before the start; write 次年 where the range crosses a year");
    remember(**second, inherited);
    scanner.take_any({"期间", "之间", "前", "之前", "内"});
    if (!harmless_tail(scanner.rest())) return not_understood(scanner.rest());
    return finish(ScheduleKind::Range, first.first, (*second)->last, std::nullopt,
                  {"自前者首日至后者末日", "from the first day of the one to the last day of the other"});
  }

  Result<Reading> single(Period const& period, Scanner& scanner) {
    int const y = static_cast<int>(period.last.year());
    if (scanner.take_any({"力争", "争取", "原则上", "力求"})) {
      soft_ = true;
      if (!scanner.at_end() && period.whole_year) {
        Inherited inherited{y, std::nullopt};
        return point_or_range(scanner, inherited);
      }
      return finish(period.kind, period.whole_year ? std::optional(period.first) : std::nullopt, period.last,
                    std::nullopt, period.rule);
    }
    if (scanner.take("前后")) {
      if (!period.holiday)
        return wrong("“前后”没有确定的范围，请写明起止日期",
                     "前后 has no fixed width here; write the first and the last day");
      return finish(ScheduleKind::Range, add_days(period.first, -7), add_days(period.last, 7), std::nullopt,
                    {"“前后”为假期前后各7天", "seven days on each side of the days off"});
    }
    if (scanner.take_any({"之后", "以后", "后"}))
      return finish(ScheduleKind::Open, add_days(period.last, 1), std::nullopt, std::nullopt,
                    {"“后”自次日起，没有完成时限", "after it: from the next day, without a due date"});
    if (scanner.take_any({"开始", "起"}))
      return finish(ScheduleKind::Open, period.first, std::nullopt, std::nullopt,
                    {"“起”自当日起，没有完成时限", "from that day on, without a due date"});
    if (period.holiday) {
      if (scanner.take_any({"之前", "以前", "前"}))
        return finish(ScheduleKind::Date, std::nullopt, add_days(period.first, -1), std::nullopt,
                      {"节前为放假首日的前一天", "before a holiday: the day before its first day off"});
      scanner.take_any({"期间", "内"});
      if (!harmless_tail(scanner.rest())) return not_understood(scanner.rest());
      return finish(ScheduleKind::Range, period.first, period.last, std::nullopt, period.rule);
    }
    if (period.whole_year) {
      if (scanner.take_any({"之前", "以前", "前"}))
        return finish(ScheduleKind::MonthEnd, std::nullopt, period.last, std::nullopt,
                      {"“X年前”含该年（民法典 1259）", "before a year includes it (Civil Code 1259)"});
      if (scanner.take_any({"之内", "以内", "内"}))
        return finish(ScheduleKind::Range, period.first, period.last, std::nullopt,
                      {"年内即12月31日前，不设季度检查点", "within the year, without checkpoints"});
      if (!harmless_tail(scanner.rest())) return not_understood(scanner.rest());
      return finish(
          ScheduleKind::Range, period.first, period.last, std::string(quarter_ends),
          {"全年事项12月31日完成，每季度末检查", "the whole year, with a check at each quarter's end"});
    }
    scanner.take_any({"24时", "24点", "24:00"});  // the day's end is what is meant anyway
    scanner.take_any({"之前", "以前", "前", "之内", "以内", "内", "止", "为止"});
    if (!harmless_tail(scanner.rest())) return not_understood(scanner.rest());
    bool const is_range = period.kind == ScheduleKind::Range;
    return finish(period.kind, is_range ? std::optional(period.first) : std::nullopt, period.last,
                  std::nullopt, period.rule);
  }

  static tl::unexpected<Refusal> not_understood(std::string_view rest) {
    std::string const what(rest);
    return wrong("看不懂“" + what + "”；请写成“2月底”“9月15日前”“每季度”等",
                 "cannot read \"" + what + "\"; write it like 2月底, 9月15日前 or 每季度");
  }
};

/// Clauses stand between commas and semicolons; lists of days (每周一、周四) do not part them.
std::vector<std::string_view> clauses_of(std::string_view text) {
  std::vector<std::string_view> clauses;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find_first_of(",;", begin), text.size());
    if (end > begin) clauses.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return clauses;
}

}  // namespace

Result<Reading> read_deadline(std::string_view phrase, PhraseContext const& context) {
  if (context.year < 1 || context.year > 9999)
    return wrong("年份应为 1–9999", "the plan's year must be 1 to 9999");
  Result<std::string> const text = normalise(phrase);
  if (!text) return tl::unexpected(text.error());
  std::vector<std::string_view> const clauses = clauses_of(*text);
  if (clauses.empty())
    return wrong("没有读到时间；请写成“2月底”“9月15日前”“每季度”等",
                 "names no time; write it like 2月底, 9月15日前 or 每季度");
  Inherited inherited{context.year, std::nullopt};
  std::optional<Reading> whole;
  for (std::string_view clause : clauses) {
    // A later clause takes the year of an earlier one; its month is its own to say.
    inherited.month.reset();
    Result<Reading> reading = Reader(context).read(clause, inherited);
    if (!reading) return reading;
    if (!whole) {
      whole = std::move(*reading);
      continue;
    }
    // Several dated clauses: done when the last of them is.
    whole->explanation.zh += std::string(clause) + "：" + reading->explanation.zh;
    whole->explanation.en += " Then \"" + std::string(clause) + "\": " + reading->explanation.en;
    if (!whole->schedule.due || (reading->schedule.due && *whole->schedule.due < *reading->schedule.due)) {
      whole->schedule.due = reading->schedule.due;
      whole->schedule.kind = reading->schedule.kind;
    }
  }
  whole->schedule.phrase = std::string(phrase);
  return std::move(*whole);
}

}  // namespace xiaohao::calendar
