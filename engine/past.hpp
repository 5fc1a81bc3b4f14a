#pragma once

// How an item stood, from its history: for rules that count over time, such as red in three bulletins
// running.

#include <vector>

#include "engine/decision/decide.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// Every status that `item` has had, oldest first, as replayed from `history`, its entries. What the entries
/// do not tell (an item that came from elsewhere) is `item` as it stands now.
std::vector<decision::Stood> stood(std::vector<JournalEntry> const& history, WorkItem const& item,
                                   decision::Rules const& rules);

}  // namespace xiaohao
