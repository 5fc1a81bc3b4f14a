#pragma once

// Making a plan: the one command that creates items. Everything goes in by one transaction.

#include <optional>
#include <string>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/plan.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// An item to be. Its definition has no id and no parent yet; `parent` is the place of another draft, earlier
/// in the list.
struct ItemDraft {
  ItemDefinition definition;
  std::optional<std::size_t> parent;
};

/// Writes `organisation`, `plan` and its items, each in the first state of its kind's lifecycle, with its
/// timers and its journal entry, all or nothing. Refuses (NotPossible) when the year has a plan.
Result<void> create_plan(store::Store& store, decision::Rules const& rules, Plan const& plan,
                         Organisation const& organisation, std::vector<ItemDraft> const& drafts, Instant now);

/// Adds items under tasks that exist, for members a group has gained (`definition.parent` is set), and takes
/// over `organisation`. The tasks' `named_units` stay as written; their sums follow.
Result<int> add_shares(store::Store& store, decision::Rules const& rules, Organisation const& organisation,
                       std::vector<ItemDraft> const& drafts, Instant now);

}  // namespace xiaohao
