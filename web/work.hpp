#pragma once

// Whose turn it is: which items wait for a person, and for what.

#include <string>
#include <vector>

#include "web/application.hpp"

namespace xiaohao::web {

/// Something that waits for one person.
struct WaitingItem {
  decision::Standing const* standing;   ///< of the board it came from
  std::vector<PossibleAction> actions;  ///< what is expected of him; never empty
};

struct WaitingItems {
  std::vector<std::shared_ptr<decision::Board const>> boards;  ///< keep the standings alive
  std::vector<WaitingItem> items;  ///< most urgent first: light, then due date, then id
};

/// Whether somebody waits for the one who may send `event`; `urge` or `cancel` may be sent, and nobody does.
bool is_expected(std::string_view event);

/// What waits for `username` in all plans: shares to accept, do and apply for, reviews, verifications,
/// requests.
WaitingItems work_of(Application& application, Username const& username);
/// Of that, what somebody else has handed in: reviews, verifications, confirmations, requests for extension.
WaitingItems reviews_of(Application& application, Username const& username);

/// Units with the lead role in the item's task.
std::vector<UnitId> leads_of(decision::Board const& board, WorkItem const& item);
/// The coordinator, the leadership group and the auditor see everybody's notices; others their own.
bool sees_all_notices(Participant const* participant);
/// May `username` read `what` (`item`, `history`, `evidence`) of the item?
bool may_read(Application& application, Username const& username, std::string_view what,
              WorkItem const& item);
/// May he read `what` of every item, and so what is drawn from all of them?
bool may_read_at_large(Application& application, Username const& username, std::string_view what);

}  // namespace xiaohao::web
