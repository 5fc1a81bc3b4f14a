#pragma once

// Which items a request asks for, and those that its sender may read: the same for the API, the table page
// and its CSV.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "web/api/query.hpp"
#include "web/application.hpp"

namespace xiaohao::web {

struct ItemQuery {
  store::ItemFilter filter;
  std::optional<decision::Light> light;
};

/// `plan, kind, campaign, unit, state, light, due_before, due_after, parent, number, q, cursor`. Faults are
/// left in `query`.
ItemQuery read_item_query(api::Query& query, decision::Rules const& rules);

struct FoundItems {
  std::vector<WorkItem> items;      ///< in the store's order, `limit` at most
  std::optional<std::string> next;  ///< the cursor of what follows
};

/// Those of `query` that `keep` accepts and `username` may read.
FoundItems find_items(Application& application, Username const& username, ItemQuery query, int limit,
                      std::function<bool(WorkItem const&)> const& keep = {});

/// As the board has it; worked out anew for an item that no board holds.
decision::LightReading light_of_item(Application& application, WorkItem const& item);

}  // namespace xiaohao::web
