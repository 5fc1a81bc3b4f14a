#include "engine/calendar/deadline_phrase.hpp"

#include <algorithm>
#include <vector>

#include "engine/calendar/phrase/clause.hpp"
#include "engine/calendar/phrase/explanation.hpp"
#include "engine/calendar/phrase/normalise.hpp"
#include "engine/calendar/phrase/tail.hpp"
#include "engine/calendar/phrase/troubles.hpp"

namespace xiaohao::calendar {
namespace {

using namespace phrase;

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

/// Words only, without digits or letters, that name no time: 确保质量, 县扶贫办.
bool is_beside_the_point(std::string_view clause) {
  return std::none_of(clause.begin(), clause.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x80; }) &&
         !names_a_time(clause);
}

void add(Text& text, std::string const& zh, std::string const& en) { text.zh += zh, text.en += en; }

bool two_rhythms(Schedule const& whole, Schedule const& next) {
  return whole.kind == ScheduleKind::Recurrence && next.kind == ScheduleKind::Recurrence &&
         whole.recurrence != next.recurrence;
}

/// Takes a further clause into what was read before: the later due date counts, with all that belongs to it;
/// a beginning stays the first that was named; a recurrence goes on until the later end.
void merge(Schedule& whole, Schedule const& next) {
  if (whole.kind == ScheduleKind::Range && !whole.recurrence && next.kind == ScheduleKind::Recurrence) {
    whole.kind = ScheduleKind::Recurrence;  // 3月至10月，每月底前: the range bounds it
    whole.recurrence = next.recurrence;
    return;
  }
  bool const later = next.due && (!whole.due || *whole.due < *next.due);
  bool const recurs = whole.kind == ScheduleKind::Recurrence;
  auto const start = whole.start ? whole.start : next.start;
  auto const due = later ? next.due : whole.due;
  if (!recurs && (later || next.kind == ScheduleKind::Recurrence)) whole = next;
  if (whole.kind == ScheduleKind::Open && next.kind == ScheduleKind::Open && !whole.recurrence)
    whole.recurrence = next.recurrence;
  whole.start = start;
  whole.due = due;
}

}  // namespace

std::string_view to_string(Trouble trouble) {
  switch (trouble) {
    case Trouble::Nonsense:
      return "nonsense";
    case Trouble::Impossible:
      return "impossible";
    case Trouble::Reversed:
      return "reversed";
    case Trouble::Ambiguous:
      return "ambiguous";
    case Trouble::NoReference:
      return "no_reference";
    case Trouble::NoCalendar:
      return "no_calendar";
    case Trouble::Characters:
      return "characters";
    case Trouble::TooLong:
      return "too_long";
  }
  return "";
}

Read<Reading> try_deadline(std::string_view phrase, PhraseContext const& context) {
  if (context.year < 1 || context.year > 9999)
    return unread(Trouble::Impossible, "年份应为 1–9999；请改正",
                  "the plan's year must be 1 to 9999; correct it");
  Read<std::string> const text = normalise(phrase);
  if (!text) return tl::unexpected(text.error());
  Inherited inherited{context.year, std::nullopt};
  std::optional<Reading> whole;
  std::optional<Unread> passed_over;
  for (std::string_view clause : clauses_of(*text)) {
    Read<ClauseReading> const read = read_clause(clause, context, inherited);
    if (!read) {
      bool const mere_words = read.error().trouble == Trouble::Nonsense && is_beside_the_point(clause);
      if (!mere_words && read.error().trouble != Trouble::Ambiguous) return tl::unexpected(read.error());
      if (!passed_over || !mere_words) passed_over = read.error();
      continue;
    }
    Meaning const& meaning = read->meaning;
    if (!within_calendar(meaning))
      return impossible("超出公元 1–9999 年", "lies outside the years 1 to 9999");
    Schedule const schedule{"", meaning.kind, meaning.start, meaning.due, meaning.recurrence, read->soft};
    Text const explanation = explanation_of(read->meaning, read->soft);
    if (!whole) {
      whole = Reading{schedule, explanation};
      continue;
    }
    if (two_rhythms(whole->schedule, schedule))
      return unread(Trouble::Ambiguous, "写了两个不同的周期，一项只能有一个；请分作两项",
                    "it names two recurrences, and a duty has one; write them as two items");
    add(whole->explanation, std::string(clause) + "：" + explanation.zh,
        " Then \"" + std::string(clause) + "\": " + explanation.en);
    merge(whole->schedule, schedule);
    if (whole->schedule.start && whole->schedule.due && *whole->schedule.due < *whole->schedule.start)
      return unread(Trouble::Reversed, "各句连读，结束早于开始；请分开写",
                    "read together the clauses end before they begin; write them apart");
  }
  if (!whole) {
    if (passed_over) return tl::unexpected(*passed_over);
    return nothing_to_read();
  }
  if (passed_over && passed_over->trouble == Trouble::Ambiguous)
    add(whole->explanation, "另有不能确定的时间，未计入：" + passed_over->detail.zh + "。",
        " Left out: " + passed_over->detail.en + ".");
  whole->schedule.phrase = std::string(phrase);
  return std::move(*whole);
}

Result<Reading> read_deadline(std::string_view phrase, PhraseContext const& context) {
  Read<Reading> reading = try_deadline(phrase, context);
  if (!reading) return refuse(Reason::Malformed, "", std::move(reading.error().detail));
  return std::move(*reading);
}

}  // namespace xiaohao::calendar
