#include "engine/past.hpp"

#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {

std::vector<decision::Stood> stood(std::vector<JournalEntry> const& history, WorkItem const& item,
                                   decision::Rules const& rules) {
  std::vector<decision::Stood> past;
  for (JournalEntry const& entry : history)
    if (entry.type == "item.created")
      past.push_back({entry.at, status_from_json(entry.payload.at("status"))});
    else if (!past.empty())
      if (auto replayed = decision::replay(item.definition, past.back().status, entry, rules))
        past.push_back({entry.at, std::move(replayed->status)});
  if (past.empty()) past.push_back({Instant{}, item.status});
  return past;
}

}  // namespace xiaohao
