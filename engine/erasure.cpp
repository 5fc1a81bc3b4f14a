#include "engine/erasure.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/reason.hpp"

namespace xiaohao {
namespace {

Result<void> may_erase(Asking const& asking) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_at_large(*person, "text.erase")) return {};
  return refuse(Reason::Forbidden, "",
                {"只有统筹人员可以依法删除文字", "only a coordinator may have texts erased"});
}

/// The text that `wish` names, among those of its entry.
Result<std::string> text_to_erase(std::vector<store::JournalLine> const& history, Erasure const& wish) {
  auto const line = std::find_if(history.begin(), history.end(),
                                 [&](store::JournalLine const& each) { return each.index == wish.entry; });
  if (line == history.end())
    return refuse(Reason::Malformed, "/entry",
                  {"不是该事项的日志条目", "is not the index of an entry of this item"});
  for (journal::CommittedText const& text : line->texts)
    if (text.field == wish.field) return text.text;
  Result<JournalEntry> const entry = entry_of(*line);
  if (entry && entry->commitments.contains(wish.field))
    return refuse(Reason::NotPossible, "/field", {"已经删除", "it is erased already"});
  std::string fields;
  for (journal::CommittedText const& text : line->texts) fields += (fields.empty() ? "" : ", ") + text.field;
  return refuse(Reason::Malformed, "/field",
                {"该条没有可删除的这一项；可删除：" + (fields.empty() ? "无" : fields),
                 "the entry has no such text; it has: " + (fields.empty() ? "none" : fields)});
}

}  // namespace

Result<JournalEntry> erase_text(store::Transaction& transaction, Erasure const& wish, Asking const& asking) {
  if (auto const may = may_erase(asking); !may) return tl::unexpected(may.error());
  if (!transaction.item(wish.item))
    return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  if (auto const fine = expect_reason(wish.reason); !fine) return tl::unexpected(fine.error());
  std::vector<store::JournalLine> const history = transaction.history(wish.item);
  Result<std::string> const words = text_to_erase(history, wish);
  if (!words) return tl::unexpected(words.error());
  std::vector<journal::CommittedText> gone;
  nlohmann::json places = nlohmann::json::array();
  for (store::JournalLine const& line : history)
    for (journal::CommittedText const& text : line.texts)
      if (text.field == wish.field && text.text == *words) {
        gone.push_back(text);
        places.push_back({{"index", line.index}, {"field", text.field}});
      }
  transaction.erase_texts(wish.item, gone);
  JournalEntry entry{0,
                     asking.now,
                     asking.now,
                     Actor::person(asking.who),
                     wish.item,
                     erasure_event,
                     {{"texts", std::move(places)}, {"reason", wish.reason}},
                     nlohmann::json::object()};
  entry.index = transaction.append(entry);
  return entry;
}

}  // namespace xiaohao
