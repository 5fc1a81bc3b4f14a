#include "engine/calendar/phrase/explanation.hpp"

#include <utility>

namespace xiaohao::calendar::phrase {
namespace {

void add(Text& text, std::string const& zh, std::string const& en) { text.zh += zh, text.en += en; }

}  // namespace

Text explanation_of(Meaning const& meaning, bool soft) {
  auto const& [start, due] = std::pair(meaning.start, meaning.due);
  Text text{"无固定日期", "no fixed date"};
  if (start && due && *start != *due)
    text = {to_string(*start) + " 至 " + to_string(*due) + " 24:00",
            "from " + to_string(*start) + " to the end of " + to_string(*due)};
  else if (due)
    text = {to_string(*due) + " 24:00 前", "by the end of " + to_string(*due)};
  else if (start)
    text = {"自 " + to_string(*start) + " 起", "from " + to_string(*start)};
  if (meaning.recurrence) add(text, "，周期 " + *meaning.recurrence, ", recurring by " + *meaning.recurrence);
  add(text, "：" + meaning.rule.zh, ": " + meaning.rule.en);
  if (soft) add(text, "；“力争”“原则上”为软性要求", "; softened by 力争 or 原则上");
  for (Text const& note : meaning.notes) add(text, "；" + note.zh, "; " + note.en);
  add(text, "。", ".");
  return text;
}

bool within_calendar(Meaning const& meaning) {
  auto const fits = [](std::optional<Date> const& date) {
    return !date ||
           (date->ok() && static_cast<int>(date->year()) >= 1 && static_cast<int>(date->year()) <= 9999);
  };
  return fits(meaning.start) && fits(meaning.due);
}

}  // namespace xiaohao::calendar::phrase
