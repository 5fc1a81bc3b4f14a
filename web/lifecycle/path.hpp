#pragma once

// The way an item has gone through its lifecycle, as its journal tells it.

#include <map>
#include <set>
#include <vector>

#include "engine/domain/command.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::web::lifecycle {

struct Path {
  std::map<statechart::Transition const*, int> taken;  ///< how often
  std::set<statechart::StateIndex> visited;            ///< has been active at some time
};

/// `entries` are the item's, in order. An entry tells the state before and after, not which transitions led
/// from one to the other: those are taken that answer to its event, leave what was active and reach what
/// is. Entries of another lifecycle's states are passed over.
Path path_of(statechart::Definition const& definition, std::vector<JournalEntry> const& entries);

}  // namespace xiaohao::web::lifecycle
