#include "web/readable_entries.hpp"

#include <set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "web/work.hpp"

namespace xiaohao::web {

bool may_read_entries(Application& application, Username const& username, store::Reader const& reader,
                      std::span<store::JournalLine const> lines) {
  std::set<std::int64_t> seen;
  for (store::JournalLine const& line : lines) {
    Result<nlohmann::json> const entry = json::read(line.leaf);
    if (!entry || !entry->is_object()) continue;
    auto const id = entry->find("item");
    if (id == entry->end() || !id->is_number_integer() || !seen.insert(id->get<std::int64_t>()).second)
      continue;
    auto const item = reader.item(ItemId{id->get<std::int64_t>()});
    if (!item || !may_read(application, username, "history", *item)) return false;
  }
  return true;
}

}  // namespace xiaohao::web
