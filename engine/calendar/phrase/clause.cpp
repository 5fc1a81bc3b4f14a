#include "engine/calendar/phrase/clause.hpp"

#include <algorithm>

#include "engine/calendar/phrase/range.hpp"
#include "engine/calendar/phrase/recurring.hpp"
#include "engine/calendar/phrase/relative.hpp"
#include "engine/calendar/phrase/tail.hpp"
#include "engine/calendar/phrase/time_of_day.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

using FoundMeaning = Read<std::optional<Meaning>>;

Date first_of(int y) { return make_date(y, 1, 1); }
Date last_of(int y) { return make_date(y, 12, 31); }

bool take_before(Scanner& scanner) { return scanner.take_any({"之前", "以前", "前"}); }

bool take_at_once(Scanner& scanner) {
  if (scanner.take_any({"立行立改", "立改立行", "即知即改", "即知立改", "立知立改", "即行即改",
                        "即查即改", "立查立改", "随查随改", "立整立改", "即整即改", "即交即改",
                        "立说立行", "立知立行", "立即整改", "立即",     "马上整改", "马上就办",
                        "马上",     "即刻",     "当场整改", "现场整改"}))
    return true;
  Scanner ahead = scanner;
  if (!ahead.take("边") || !ahead.take_any({"查", "学", "督", "整", "巡", "审", "摸排", "排查"}) ||
      !ahead.take_any({"边整改", "边改"}))
    return false;
  scanner = ahead;
  return true;
}

std::optional<Meaning> take_immediate(Scanner& scanner, PhraseContext const& context) {
  if (!take_at_once(scanner)) return std::nullopt;
  for (Scanner more = scanner; more.take_any({"、", "和", "并"}) && take_at_once(more);) scanner = more;
  std::optional<Date> due;
  if (context.reference) due = add_days(*context.reference, context.immediate_days);
  std::string const days = std::to_string(context.immediate_days);
  return Meaning{
      ScheduleKind::Immediate,
      context.reference,
      due,
      std::nullopt,
      {"立行立改自交办之日起 " + days + " 天内完成", "at once: within " + days + " days of being issued"},
      {}};
}

std::optional<Meaning> take_open(Scanner& scanner) {
  Scanner ahead = scanner;
  if (!ahead.take_any({"长期坚持", "长期", "持续", "常态化", "常态", "经常性", "常抓不懈", "长抓不懈", "一直",
                       "始终", "常年", "长年", "经常", "不间断"}))
    return std::nullopt;
  if (ahead.sees_any({"至", "到"}) && !ahead.sees("到位")) return std::nullopt;  // 持续到6月底 has an end
  scanner = ahead;
  return Meaning{
      ScheduleKind::Open,
      std::nullopt,
      std::nullopt,
      std::string(quarter_ends),
      {"长期事项没有完成时限，每季度末检查一次", "open-ended: no due date, a check at each quarter's end"},
      {}};
}

/// 至少一次 and the like. Trouble where it is said to happen more than once in a period.
Read<void> take_times(Scanner& scanner) {
  scanner.take_any({"至少", "不少于", "不低于", "不得少于"});
  Scanner once = scanner;
  if (auto const n = once.number(2); n == 1) {
    once.take_any({"次", "轮", "回", "遍"});
    scanner = once;
  }
  std::string_view const rest = scanner.rest();
  for (std::size_t at = rest.find_first_of("0123456789"); at != std::string_view::npos;) {
    Scanner number(rest.substr(at));
    auto const n = number.number(4);
    if (n && *n != 1 && number.sees_any({"次", "轮", "回", "遍", "-", "~", "至"}))
      return unread(Trouble::Ambiguous, "一个周期内多次没有确定的日子；请写明各次日期",
                    "several times a period have no fixed days; name the dates");
    at = rest.find_first_of("0123456789", std::min(rest.find_first_not_of("0123456789", at), rest.size()));
  }
  return {};
}

/// A recurrence, within the days of a period where one stands before it (5月至8月每月).
FoundMeaning take_recurrence(Scanner& scanner, Date first, Date last) {
  Read<std::optional<Recurring>> recurring = take_recurring(scanner);
  if (!recurring) return tl::unexpected(recurring.error());
  if (!*recurring) return std::optional<Meaning>{};
  Read<std::optional<Text>> const time_of_day = take_time_of_day(scanner);
  if (!time_of_day) return tl::unexpected(time_of_day.error());
  take_before(scanner);
  if (auto const once = take_times(scanner); !once) return tl::unexpected(once.error());
  Meaning meaning{ScheduleKind::Recurrence,         first, last, std::move((*recurring)->rule),
                  std::move((*recurring)->meaning), {}};
  if (*time_of_day) meaning.notes.push_back(**time_of_day);
  return meaning;
}

/// What 前, 后, 起, 内, 前后 and 期间 make of a holiday.
FoundMeaning holiday(Scanner& scanner, Period const& period) {
  if (scanner.take("前后"))
    return Meaning{ScheduleKind::Range,
                   add_days(period.first, -7),
                   add_days(period.last, 7),
                   std::nullopt,
                   {"“前后”为假期前后各7天", "seven days on each side of the days off"},
                   {}};
  if (take_before(scanner))
    return Meaning{ScheduleKind::Date,
                   std::nullopt,
                   add_days(period.first, -1),
                   std::nullopt,
                   {"节前为放假首日的前一天", "before a holiday: the day before its first day off"},
                   {}};
  if (scanner.sees_any({"当天", "当日"}))
    return ambiguous("节日当天");  // the calendar knows the days off alone
  if (take_holiday_name(scanner)) return ambiguous("两节");
  bool const during = scanner.take_any({"期间", "之内", "内"});
  return Meaning{ScheduleKind::Range, period.first, period.last, std::nullopt, period.rule, {}, !during};
}

FoundMeaning whole_year(Scanner& scanner, Period const& period) {
  if (scanner.sees("前后")) return ambiguous("前后");
  if (take_before(scanner))
    return Meaning{ScheduleKind::MonthEnd,
                   std::nullopt,
                   period.last,
                   std::nullopt,
                   {"“X年前”含该年（民法典 1259）", "before a year includes it (Civil Code 1259)"},
                   {}};
  if (scanner.take_any({"之内", "以内", "内"}))
    return Meaning{ScheduleKind::Range,
                   period.first,
                   period.last,
                   std::nullopt,
                   {"年内即12月31日前，不设季度检查点", "within the year, without checkpoints"},
                   {}};
  if (period.checkpoints)
    return Meaning{
        ScheduleKind::Range,
        period.first,
        period.last,
        std::string(quarter_ends),
        {"全年事项12月31日完成，每季度末检查", "the whole year, with a check at each quarter's end"},
        {}};
  return Meaning{ScheduleKind::Range, period.first, period.last, std::nullopt, period.rule, {}, true};
}

FoundMeaning single(Scanner& scanner, Period const& period, PhraseContext const& context) {
  if (scanner.sees("后") && scanner.sees_any({"后续", "后期"})) return not_understood(scanner.rest());
  if (scanner.take_any({"之后", "以后", "后"})) {
    scanner.take("起");
    return Meaning{ScheduleKind::Open,
                   add_days(period.last, 1),
                   std::nullopt,
                   std::nullopt,
                   {"“后”自次日起，没有完成时限", "after it: from the next day, without a due date"},
                   {}};
  }
  if (!scanner.sees("起草") && scanner.take_any({"之日起", "开始", "起"})) {
    PhraseContext from_there = context;
    from_there.reference = period.first;
    if (auto immediate = take_immediate(scanner, from_there)) return immediate;  // 自3月3日起立行立改
    return Meaning{ScheduleKind::Open,
                   period.first,
                   std::nullopt,
                   std::nullopt,
                   {"“起”自当日起，没有完成时限", "from that day on, without a due date"},
                   {}};
  }
  if (period.unit == Period::Unit::Holiday) return holiday(scanner, period);
  if (period.unit == Period::Unit::Year && period.kind == ScheduleKind::Range)
    return whole_year(scanner, period);
  if (scanner.sees("前后"))
    return unread(Trouble::Ambiguous, "“前后”没有确定的范围；请写明起止日期",
                  "前后 has no fixed width here; write the first and the last day");
  if (scanner.sees_any({"左右", "上下"})) return ambiguous("左右");
  Read<std::optional<Text>> const time_of_day = take_time_of_day(scanner);
  if (!time_of_day) return tl::unexpected(time_of_day.error());
  scanner.take_any({"之前", "以前", "前", "之内", "以内", "内", "期间", "为止", "止"});
  bool const is_range = period.kind == ScheduleKind::Range;
  Meaning meaning{period.kind, is_range ? std::optional(period.first) : std::nullopt,
                  period.last, std::nullopt,
                  period.rule, {}};
  if (*time_of_day) meaning.notes.push_back(**time_of_day);
  return meaning;
}

/// 3月1日起每月, 2024年每季度, 5月至8月每月: the period bounds the recurrence.
FoundMeaning bounded_recurrence(Scanner& scanner, Date first, Date last) {
  Scanner ahead = scanner;
  ahead.take(",");
  FoundMeaning meaning = take_recurrence(ahead, first, last);
  if (!meaning || *meaning) scanner = ahead;
  return meaning;
}

/// The month that a later clause may leave unwritten: 3月启动，15日前报名单.
std::optional<unsigned> month_named_by(Period const& period) {
  using Unit = Period::Unit;
  if (period.unit != Unit::Day && period.unit != Unit::PartOfMonth && period.unit != Unit::Month)
    return std::nullopt;
  return static_cast<unsigned>(period.last.month());
}

FoundMeaning point_or_range(Scanner& scanner, PhraseContext const& context, Inherited& inherited) {
  Scanner ahead = scanner;
  ahead.take_any({"自", "从", "由"});
  Found first = take_bare_beginning(ahead, context, inherited);
  if (!first) return tl::unexpected(first.error());
  bool in_range = first->has_value();
  if (!in_range) {
    first = take_period(ahead, context, inherited);
    if (!first) return tl::unexpected(first.error());
    if (!*first) return std::optional<Meaning>{};
    inherited.year = static_cast<int>((*first)->last.year());
    inherited.month = month_named_by(**first);
    Scanner after = ahead;
    after.take_any({"之日起", "起", "开始"});
    in_range = after.take_until();
    if (in_range) ahead = after;
  }
  FoundMeaning meaning;
  if (in_range) {
    Read<Meaning> range = take_range_end(ahead, **first, context, inherited);
    if (!range) return tl::unexpected(range.error());
    meaning = std::optional(std::move(*range));
  } else {
    meaning = single(ahead, **first, context);
    if (!meaning) return meaning;
  }
  scanner = ahead;
  Meaning const& read = **meaning;
  if (read.start && (read.due || read.kind == ScheduleKind::Open)) {
    FoundMeaning recurrence = bounded_recurrence(
        scanner, *read.start, read.due.value_or(last_of(static_cast<int>(read.start->year()))));
    if (!recurrence || *recurrence) return recurrence;
  } else if ((*first)->unit == Period::Unit::Month && !in_range && read.due) {  // 6月每周五
    FoundMeaning recurrence = bounded_recurrence(scanner, (*first)->first, (*first)->last);
    if (!recurrence || *recurrence) return recurrence;
  }
  return meaning;
}

}  // namespace

Softened without_soft_words(std::string_view clause) {
  Softened softened;
  for (std::size_t at = 0; at < clause.size();) {
    std::size_t taken = 0;
    for (std::string_view word : {"力争", "争取", "原则上", "力求"})
      if (clause.substr(at).starts_with(word)) taken = word.size();
    if (taken > 0)
      softened.soft_at.push_back(softened.text.size());
    else
      softened.text += clause[at++];
    at += taken;
  }
  return softened;
}

FoundMeaning take_deadline(Scanner& scanner, PhraseContext const& context, Inherited& inherited) {
  if (scanner.sees("每"))  // nothing else begins so, and running text is full of it
    return take_recurrence(scanner, first_of(inherited.year), last_of(inherited.year));
  if (auto immediate = take_immediate(scanner, context)) return immediate;
  if (auto open = take_open(scanner)) return open;
  Scanner const before = scanner;
  if (scanner.take("持续") && !scanner.take_any({"至", "到"})) scanner = before;  // 持续到6月底 is due then
  if (FoundMeaning relative = take_relative(scanner, context, inherited); !relative || *relative)
    return relative;
  FoundMeaning recurrence = take_recurrence(scanner, first_of(inherited.year), last_of(inherited.year));
  if (!recurrence || *recurrence) return recurrence;
  return point_or_range(scanner, context, inherited);
}

Read<ClauseReading> read_clause(std::string_view clause, PhraseContext const& context, Inherited& inherited) {
  Softened const softened = without_soft_words(clause);
  Scanner scanner(softened.text);
  skip_openers(scanner);
  if (scanner.at_end()) return nothing_to_read();
  FoundMeaning meaning = take_deadline(scanner, context, inherited);
  if (!meaning) return tl::unexpected(meaning.error());
  if (!*meaning) {
    if (auto const word = vague_word_at(scanner.rest()); !word.empty()) return ambiguous(word);
    return not_understood(scanner.rest());
  }
  std::size_t const taken = softened.text.size() - scanner.rest().size();
  bool const closed = std::string_view(softened.text).substr(0, taken).ends_with("前") ||
                      std::string_view(softened.text).substr(0, taken).ends_with("内");
  if (auto const harmless = check_tail(scanner.rest(), closed); !harmless)
    return tl::unexpected(harmless.error());
  bool const soft = std::any_of(softened.soft_at.begin(), softened.soft_at.end(),
                                [taken](std::size_t at) { return at <= taken; });
  if (auto const word = vague_word_in(scanner.rest()); !word.empty())
    (*meaning)->notes.push_back({"“" + std::string(word) + "”没有确定的时间，未计入",
                                 std::string(word) + " names no time and was left out"});
  return ClauseReading{std::move(**meaning), soft};
}

}  // namespace xiaohao::calendar::phrase
