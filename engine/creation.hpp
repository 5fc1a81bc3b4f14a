#pragma once

// Making a plan: the one command that creates items. Everything goes in by one transaction.

#include <map>
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

/// A plan to be, with its items.
struct PlanDraft {
  Plan plan;
  std::vector<ItemDraft> items;
};

/// Writes `organisation`, the plan and its items, each in the first state of its kind's lifecycle, with its
/// timers and its journal entry, all or nothing. `lifecycles` are the documents of the rules' lifecycles by
/// name, `assignment/1`; they are kept beside the items that run under them. Refuses (NotPossible) when the
/// year has a plan.
Result<void> create_plan(store::Store& store, decision::Rules const& rules, PlanDraft const& draft,
                         Organisation const& organisation,
                         std::map<std::string, std::string> const& lifecycles, Moment moment);

/// Takes over `organisation`, and adds items under tasks that exist (`definition.parent` is set), for members
/// a group has gained. What changed in the organisation has a journal entry of its own. The tasks'
/// `named_units` stay as written; their sums follow. Returns how many items were added.
Result<int> add_shares(store::Store& store, decision::Rules const& rules, Organisation const& organisation,
                       std::vector<ItemDraft> const& drafts, Moment moment);

}  // namespace xiaohao
