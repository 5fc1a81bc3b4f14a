#pragma once

// One item as one visitor may see it: read once, from one snapshot, for all parts of its page.

#include <map>
#include <optional>
#include <vector>

#include "web/lifecycle/path.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

struct ItemView {
  Visit const& visit;
  WorkItem item;
  std::optional<WorkItem> parent;
  std::vector<WorkItem> children;                ///< those that the visitor may read
  std::shared_ptr<decision::Board const> board;  ///< of the item's plan; null without one
  decision::LightReading light;
  BasisPoints progress = 0;  ///< of a task: rolled up from its shares
  bool shows_history = false;
  bool shows_evidence = false;
  std::vector<JournalEntry> history;    ///< oldest first; empty when it is not shown
  std::vector<Evidence> evidence;       ///< oldest first, withdrawn included; likewise
  std::vector<Notice> notices;          ///< about the item, oldest first; with the history
  std::vector<PossibleAction> actions;  ///< what the visitor may do now
  std::vector<Text> unfinished;         ///< what an application for close-out explains

  Say const& t() const { return visit.t; }
  int year() const { return item.definition.plan.value(); }
  statechart::Definition const* lifecycle() const;
  PossibleAction const* action(std::string_view type) const;
  /// What was handed in in the present cycle and counts.
  std::vector<Evidence const*> counting_evidence() const;
  /// The last entry that sent the item back to its unit, when it is there now because of it.
  JournalEntry const* returned_by() const;
};

/// NotFound, or Forbidden when the visitor may not read the item.
Result<ItemView> look_at(Visit const& visit, ItemId id);
/// The item of the path's `{id}`.
Result<ItemView> look_at_path(Visit const& visit);

}  // namespace xiaohao::web::pages
