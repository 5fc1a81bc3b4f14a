#include "web/why_date.hpp"

#include <algorithm>
#include <set>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/recurrence.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::web {
namespace {

Date first_of(int year) { return Date{std::chrono::year{year} / std::chrono::January / 1}; }
Date last_of(int year) { return Date{std::chrono::year{year} / std::chrono::December / 31}; }

/// Is `date` one of the dates that `rule` gives within its year?
bool is_occurrence(std::string const& rule, Date date) {
  int const year = static_cast<int>(date.year());
  auto const dates = calendar::occurrences(rule, first_of(year), last_of(year));
  return dates && std::find(dates->begin(), dates->end(), date) != dates->end();
}

Text rule_of(WorkItem const& item, decision::Rules const& rules) {
  calendar::Schedule const& schedule = item.definition.schedule;
  if (schedule.phrase.empty()) return {"没有时限原文", "no phrase was written"};
  auto const reading = calendar::read_deadline(
      schedule.phrase,
      {item.definition.plan.value(), schedule.start, &rules.calendar, rules.settings.immediate_days});
  if (!reading)
    return {"原文按计划制定时的读法，今天不能重读",
            "read when the plan was made; it cannot be read anew today"};
  if (reading->schedule.due == schedule.due) return reading->explanation;
  auto const& rule = reading->schedule.recurrence;
  if (rule && schedule.due && is_occurrence(*rule, *schedule.due))
    return {
        "周期事项的一期（" + *rule + "）：" + to_string(*schedule.due) + " 24:00 前。",
        "one period of a recurring duty (" + *rule + "), by the end of " + to_string(*schedule.due) + "."};
  return {"计划制定时读作 " + (schedule.due ? to_string(*schedule.due) : "无期限") + "；按现行规则为：" +
              reading->explanation.zh,
          "when the plan was made it was read as " +
              (schedule.due ? to_string(*schedule.due) : std::string("open")) +
              "; by the rules of today: " + reading->explanation.en};
}

Text words_of(JournalEntry const& changed) {
  std::string const day = to_string(local_date(changed.at));
  return {day + " 起按变更后的规则：" + changed.payload.value("reason", ""),
          "by rules that were changed on " + day + ": " + changed.payload.value("reason_en", "")};
}

CalendarReason calendar_of(int year, decision::Rules const& rules) {
  std::string const y = std::to_string(year);
  if (!rules.calendar.has_year(year))
    return {year,
            false,
            "",
            {"没有 " + y + " 年放假安排，工作日仅按周末计算",
             "there is no holiday calendar for " + y + ", so weekends alone were used for working days"}};
  return {year,
          true,
          "国务院办公厅关于" + y + "年部分节假日安排的通知",
          {"工作日按国务院办公厅关于 " + y + " 年部分节假日安排的通知，含调休",
           "working days by the State Council's holiday notice for " + y +
               ", weekends worked in exchange included"}};
}

}  // namespace

std::optional<JournalEntry> due_change_of(store::Reader const& reader, WorkItem const& item) {
  if (!item.status.due || item.status.due == item.definition.schedule.due) return std::nullopt;
  std::vector<store::JournalLine> const lines = reader.history(item.id());
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    Result<JournalEntry> entry = entry_of(*line);
    if (!entry) continue;
    if (entry->type == "extension.grant") return std::nullopt;
    if (entry->type == "due.changed") return std::move(*entry);
  }
  return std::nullopt;
}

WhyDates why_dates(WorkItem const& item, decision::Rules const& rules,
                   std::optional<JournalEntry> const& changed) {
  calendar::Schedule const& schedule = item.definition.schedule;
  WhyDates why;
  Text const rule = rule_of(item, rules);
  std::set<int> years{item.definition.plan.value()};
  auto const add = [&](char const* name, Date date, std::string const& phrase, Text const& because,
                       Instant instant) {
    years.insert(static_cast<int>(date.year()));
    why.dates.push_back({name, date, phrase, because, instant});
  };
  if (schedule.start) add("start", *schedule.start, schedule.phrase, rule, start_of_day(*schedule.start));
  if (item.status.due) {
    bool const extended = schedule.due && *schedule.due != *item.status.due;
    Text const granted{"经批准的延期，原定 " + (schedule.due ? to_string(*schedule.due) : ""),
                       "by an extension that was granted; originally " +
                           (schedule.due ? to_string(*schedule.due) : std::string())};
    if (changed)
      add("due", *item.status.due, changed->payload.value("phrase", ""), words_of(*changed),
          end_of_day(*item.status.due));
    else
      add("due", *item.status.due, extended ? "" : schedule.phrase, extended ? granted : rule,
          end_of_day(*item.status.due));
    if (extended) add("original_due", *schedule.due, schedule.phrase, rule, end_of_day(*schedule.due));
  }
  for (int year : years) why.calendars.push_back(calendar_of(year, rules));
  return why;
}

}  // namespace xiaohao::web
