#include "engine/calendar/phrase/relative.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar::phrase {
namespace {

using namespace std::chrono;

struct Span {
  enum class Unit { WorkingDays, Days, Months } unit = Unit::Days;
  int count = 0;
  int days_more = 0;  ///< the half of 两个半月: fifteen days
};

/// 10个工作日, 15日, 两周, 3个月, 半年, 一年半, 两个半月.
std::optional<Span> take_span(Scanner& scanner) {
  using Unit = Span::Unit;
  if (scanner.take("半年")) return Span{Unit::Months, 6};
  if (scanner.take_any({"半个月", "半月"})) return Span{Unit::Days, 15};
  Scanner ahead = scanner;
  auto const number = ahead.number(5);
  if (!number) return std::nullopt;
  int const count = *number;
  std::optional<Span> span;
  if (ahead.take_any({"个工作日", "工作日", "个工作天", "工作天"}))
    span = Span{Unit::WorkingDays, count};
  else if (ahead.take_any({"个自然日", "自然日", "个日历日", "日历日", "日", "天", "个整日"}))
    span = Span{Unit::Days, count};
  else if (ahead.take_any({"个星期", "个周", "个礼拜", "星期", "周", "礼拜"}))
    span = Span{Unit::Days, count * 7};
  else if (ahead.take("个半月"))
    span = Span{Unit::Months, count, 15};
  else if (ahead.take("个月"))
    span = Span{Unit::Months, count};
  else if (count < 100 && ahead.take("年半"))
    span = Span{Unit::Months, count * 12 + 6};
  else if (count < 100 && ahead.take_any({"年", "周年"}))
    span = Span{Unit::Months, count * 12};
  if (span) scanner = ahead;
  return span;
}

/// The day from which a span counts: written, or the reference itself.
struct Origin {
  std::optional<Date> day;  ///< none: it needs a reference that was not given
  std::size_t length = 0;   ///< what the words before the span take
};

/// What joins the words of a reference to the span after them.
void skip_joints(Scanner& scanner) {
  scanner.take("的");
  scanner.take(",");
  scanner.take_any({"在", "于"});
}

bool take_at_most(Scanner& scanner) {
  return scanner.take_any({"最长不超过", "最多不超过", "不得超过", "不超过", "最长"});
}

/// The day meant by 当日 or 次日 after the words of a reference: how many days later it is.
std::optional<int> take_day_of_reference(Scanner& scanner) {
  if (scanner.take_any({"当日", "当天"})) return 0;
  if (scanner.take_any({"次日", "翌日", "第2日", "第2天"})) return 1;
  return std::nullopt;
}

bool take_hours(Scanner& scanner) { return scanner.number_before({"个小时", "小时"}, 4).has_value(); }

bool span_follows(Scanner scanner) {
  skip_joints(scanner);
  take_at_most(scanner);
  return take_span(scanner) || take_day_of_reference(scanner) || take_hours(scanner);
}

/// 收到通知后, 自印发之日起, 会后: words without digits, at most forty characters of them.
std::optional<Origin> words_of_reference(Scanner const& scanner, PhraseContext const& context) {
  std::string_view text = scanner.rest().substr(0, 120);
  text = text.substr(0, std::min(text.find_first_of("0123456789,;:()-~"), text.size()));
  if (text.find("每") != std::string_view::npos) return std::nullopt;  // 每季度结束后 is no day
  Scanner received(text);
  received.take_any({"自", "从", "在"});
  if (received.take_any({"收到", "接到"}) && !received.at_end() &&
      span_follows(Scanner(scanner.rest().substr(text.size()))))
    return Origin{context.reference, text.size()};  // 接到通知10日内
  for (std::size_t at = 3; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u) continue;  // inside a character
    for (std::string_view marker : {"之日起", "当日起", "之时起", "日起", "之后", "以后", "后", "起", "之日"})
      if (text.substr(at).starts_with(marker) &&
          span_follows(Scanner(scanner.rest().substr(at + marker.size()))))
        return Origin{context.reference, at + marker.size()};
  }
  return std::nullopt;
}

/// 自3月1日起, 春节后: a written day to count from, where a span follows it.
std::optional<Origin> written_origin(Scanner const& scanner, PhraseContext const& context,
                                     Inherited inherited) {
  Scanner ahead = scanner;
  ahead.take_any({"自", "从", "由"});
  Found const period = take_period(ahead, context, inherited);
  if (!period || !*period) return std::nullopt;  // whoever reads it as a date reports it
  bool const begins = ahead.take_any({"之日起", "当日起", "日起", "起"});
  if (!begins && !ahead.take_any({"之后", "以后", "后"})) return std::nullopt;
  if (!span_follows(ahead)) return std::nullopt;
  return Origin{begins ? (*period)->first : (*period)->last, scanner.rest().size() - ahead.rest().size()};
}

/// 自印发之日起(施行), 自发文之日起至年底: what begins on the reference, or lasts from there.
Read<std::optional<Meaning>> from_reference_on(Scanner& scanner, PhraseContext const& context,
                                               Inherited inherited) {
  Scanner beginning = scanner;
  beginning.take_any({"自", "从", "由"});
  Scanner period_ahead = beginning;
  if (Found const period = take_period(period_ahead, context, inherited); !period || *period)
    return std::optional<Meaning>{};  // a time by itself: 今年起, 次日起
  std::string_view text = beginning.rest().substr(0, 120);
  text = text.substr(0, std::min(text.find_first_of("0123456789,;:()"), text.size()));
  for (std::string_view marker : {"之日起", "当日起", "日起"}) {
    auto const at = text.find(marker);
    if (at == std::string_view::npos || at == 0) continue;
    Scanner ahead(beginning.rest().substr(at + marker.size()));
    if (ahead.sees_digit()) continue;
    if (!context.reference) return no_reference();
    std::optional<Date> due;
    if (ahead.take_until()) {
      Found const end = take_period(ahead, context, inherited);
      if (!end) return tl::unexpected(end.error());
      if (!*end) return std::optional<Meaning>{};
      due = (*end)->last;
      if (*due < *context.reference)
        return unread(Trouble::Reversed, "结束早于开始；请写较晚的结束日期",
                      "the end is before the start; write a later end");
    }
    scanner = ahead;
    return Meaning{due ? ScheduleKind::Range : ScheduleKind::Open,
                   context.reference,
                   due,
                   std::nullopt,
                   due ? Text{"自参照日期至所写日期", "from the reference date to the day named"}
                       : Text{"“起”自当日起，没有完成时限", "from that day on, without a due date"},
                   {}};
  }
  return std::optional<Meaning>{};
}

/// Years between two days for which nobody has said which days are off.
std::vector<Text> without_data(BusinessCalendar const& calendar, Date from, Date to) {
  std::vector<Text> notes;
  for (int y = static_cast<int>(from.year()); y <= static_cast<int>(to.year()) && notes.size() < 3; ++y)
    if (!calendar.has_year(y))
      notes.push_back(
          {"没有 " + std::to_string(y) + " 年放假安排，仅按周末计算",
           "there is no holiday calendar for " + std::to_string(y) + ", so weekends alone were used"});
  return notes;
}

Read<std::optional<Meaning>> count(Span const& span, Date from, BusinessCalendar const& calendar) {
  if (span.count < 1) return impossible("期限至少为 1", "the period is at least 1");
  Date due = from;
  if (span.unit == Span::Unit::WorkingDays) {
    due = calendar.add_working_days(from, span.count);
  } else if (span.unit == Span::Unit::Days) {
    due = calendar.roll_forward(add_days(from, span.count));
  } else {
    Date moved = from + months{span.count};
    if (!moved.ok()) moved = Date{moved.year() / moved.month() / last};
    if (span.days_more > 0) moved = add_days(moved, span.days_more);
    due = calendar.roll_forward(moved);
  }
  if (static_cast<int>(due.year()) > 9999) return impossible("期限太长", "the period is too long");
  Text const rule = span.unit == Span::Unit::WorkingDays
                        ? Text{"自次日起按国务院办公厅放假安排计工作日",
                               "working days by the State Council's calendar, the first day not counted"}
                        : Text{"自次日起算，末日为休息日的顺延至下一工作日（民法典 201–203）",
                               "the first day is not counted, and a last day off moves to the next working "
                               "day (Civil Code 201-203)"};
  return Meaning{ScheduleKind::Relative, from, due, std::nullopt, rule, without_data(calendar, from, due)};
}

}  // namespace

Read<std::optional<Meaning>> take_relative(Scanner& scanner, PhraseContext const& context,
                                           Inherited inherited) {
  Scanner ahead = scanner;
  Origin origin{context.reference};
  bool worded = false;
  if (Scanner bare = ahead;
      !span_follows(bare) || (take_span(bare) && bare.sees_any({"起", "后", "之后", "以后"}))) {
    if (auto const written = written_origin(ahead, context, inherited))
      origin = *written;
    else if (auto const words = words_of_reference(ahead, context))
      origin = *words;
    else
      return from_reference_on(scanner, context, inherited);
    ahead = Scanner(ahead.rest().substr(origin.length));
    skip_joints(ahead);
    worded = true;
  }
  if (Scanner hours = ahead; take_hours(hours) && hours.take_any({"之内", "以内", "内"}))
    return unread(Trouble::Ambiguous, "时限以日为单位，不能按小时计；请写“1日内”等",
                  "a deadline is a whole day and cannot be counted in hours; write 1日内 or the like");
  if (worded)
    if (auto const later = take_day_of_reference(ahead)) {
      scanner = ahead;
      scanner.take_any({"之内", "以内", "内", "前"});
      if (!origin.day) return no_reference();
      Date const due = add_days(*origin.day, *later);
      return Meaning{ScheduleKind::Date,
                     std::nullopt,
                     due,
                     std::nullopt,
                     {"参照日期的当日或次日", "the day of the reference, or the day after it"},
                     {}};
    }
  bool const at_most = take_at_most(ahead);
  auto const span = take_span(ahead);
  if (!span) return std::optional<Meaning>{};
  bool const within = ahead.take_any({"之内", "以内", "内"});
  bool const working_days_alone =
      span->unit == Span::Unit::WorkingDays && !ahead.sees_any({"前", "之前", "以前", "后", "之后", "以后"});
  if (!within && !working_days_alone && !at_most) return std::optional<Meaning>{};
  scanner = ahead;
  if (!origin.day) return no_reference();
  BusinessCalendar const weekends;
  return count(*span, *origin.day, context.calendar ? *context.calendar : weekends);
}

}  // namespace xiaohao::calendar::phrase
