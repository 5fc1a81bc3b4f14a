#include "web/pages/duties.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {

using namespace html;

Html duty_row(Visit const& visit, WaitingItem const& waiting, Instant now, Html const& more) {
  Say const& t = visit.t;
  decision::Standing const& standing = *waiting.standing;
  auto const& unit = standing.item.definition.unit;
  std::string details;
  auto const add = [&](std::string_view words) {
    if (!details.empty()) details += " · ";
    details += words;
  };
  if (unit && unit != visit.me->unit) add(visit.unit_name(*unit));
  if (!standing.light.reasons.empty() && standing.days_overdue == 0) add(t(standing.light.reasons.front()));
  std::string expected;
  for (PossibleAction const& action : waiting.actions) {
    if (!expected.empty()) expected += t("、", ", ");
    expected += t(action.label);
  }
  return li(cls("duty"),
            div(cls("when"), light_mark(t, standing.light.light), span(due_in_words(t, standing, now))),
            div(cls("what"), div(item_link(standing.item), span(cls("tag"), expected)),
                div(cls("whose"), details), more));
}

std::optional<Said> last_said(store::Reader const& reader, ItemId item,
                              std::initializer_list<std::string_view> types) {
  std::optional<Said> last;
  for (store::JournalLine const& line : reader.history(item)) {
    Result<JournalEntry> const entry = entry_of(line);
    if (!entry || std::find(types.begin(), types.end(), entry->type) == types.end()) continue;
    last = Said{entry->at, entry->actor.username, {}};
    for (char const* name : {"reason", "summary", "text", "due"})
      if (auto const words = entry->payload.find(name); words != entry->payload.end() && words->is_string()) {
        last->words = words->get<std::string>();
        break;
      }
  }
  return last;
}

}  // namespace xiaohao::web::pages
