#include "web/deadline_words.hpp"

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::web {
namespace {

std::string text_of(nlohmann::json const& payload, char const* name) {
  auto const found = payload.find(name);
  return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Whoever writes digits and hyphens means a date, and is told what is wrong with it as one.
bool looks_like_date(std::string const& text) {
  return text.find_first_not_of("0123456789-/. ") == std::string::npos;
}

Result<Date> day_of(std::string const& words, std::string const& pointer, WorkItem const& item,
                    Application const& application) {
  decision::Rules const& rules = application.engine.rules();
  calendar::PhraseContext const context{item.definition.plan.value(), local_date(application.engine.now()),
                                        &rules.calendar, rules.settings.immediate_days};
  auto const reading = calendar::read_deadline(words, context);
  if (!reading) return refuse(Reason::Malformed, pointer, reading.error().first().detail);
  if (reading->schedule.due) return *reading->schedule.due;
  return refuse(Reason::Malformed, pointer,
                {"“" + words + "”没有说明哪一天", "\"" + words + "\" names no day"});
}

}  // namespace

Result<void> read_deadline_words(Application const& application, Command& command) {
  if (command.type != "extension.request" || !command.payload.is_object()) return {};
  std::string const due = text_of(command.payload, "due");
  std::string const phrase = text_of(command.payload, "phrase");
  bool const in_place_of_date = phrase.empty() && !looks_like_date(due);
  std::string const& words = in_place_of_date ? due : phrase;
  if (words.empty()) return {};
  auto const item = application.engine.store().read()->item(command.item);
  if (!item) return {};  // the engine says so
  Result<Date> const day = day_of(words, in_place_of_date ? "/due" : "/phrase", *item, application);
  if (!day) return tl::unexpected(day.error());
  if (!in_place_of_date && !due.empty() && due != to_string(*day))
    return refuse(Reason::Malformed, "/phrase",
                  {"与所选日期不一致：“" + words + "”是 " + to_string(*day),
                   "is not the day chosen: it means " + to_string(*day)});
  command.payload["due"] = to_string(*day);
  command.payload["phrase"] = words;
  return {};
}

}  // namespace xiaohao::web
