#pragma once

// Deadlines are language: `2月底`, `5月底之前`, `每季度至少一次`, `收到通知后10个工作日内`.
//
//     read_deadline("2月底", {.year = 2024})  →  month_end, due 2024-02-29, "2月底读作当月最后一天 …"
//
// A phrase is normalised (full-width digits, Chinese numerals, quotation marks), parted into clauses, and
// read by a recursive-descent grammar (`phrase/`). What cannot be read is refused with the reason; nothing is
// guessed. `docs/deadlines.md` teaches the language by examples; `tests/data/deadline-phrases.tsv` states its
// conventions.

#include <optional>
#include <string_view>

#include "engine/calendar/business_calendar.hpp"
#include "engine/calendar/schedule.hpp"
#include "engine/calendar/unread.hpp"

namespace xiaohao::calendar {

struct PhraseContext {
  int year;  ///< of the plan; a year written in the phrase overrides it
  std::optional<Date> reference =
      std::nullopt;  ///< receipt of a notice, today: what `10日内` or `下月` counts from
  BusinessCalendar const* calendar = nullptr;  ///< for holidays and working days; none: weekends alone
  int immediate_days = 15;                     ///< 立行立改: the policy's days
};

struct Reading {
  Schedule schedule;
  Text explanation;  ///< how it was read and which rule applied; says so where a year has no holiday data
};

/// Reads one deadline phrase of at most 300 characters. Dates are local to the plan; `due` lasts to the end
/// of its day. Several dated clauses (`3月底确定名单，6月底完成`) are due with the last of them, and a later
/// clause takes the year of an earlier one. Periods are counted by 民法典 200–204 and 1259.
Read<Reading> try_deadline(std::string_view phrase, PhraseContext const& context);

/// The same; what cannot be read is refused as `Malformed`, with the reason in both languages.
Result<Reading> read_deadline(std::string_view phrase, PhraseContext const& context);

}  // namespace xiaohao::calendar
