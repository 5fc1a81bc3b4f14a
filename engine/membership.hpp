#pragma once

// Who is in a group changes: new members get their share, a leaver's share goes where a person decides.

#include "engine/creation.hpp"
#include "engine/domain/command.hpp"
#include "engine/share_passing.hpp"

namespace xiaohao {

/// All that one change of the organisation brings about.
struct MembershipChange {
  Organisation organisation;      ///< as it will stand
  std::vector<ItemDraft> shares;  ///< under tasks that exist (`definition.parent` is set)
  std::vector<Command>
      departures;  ///< what is decided on shares of units that have left: `cancel` with a reason
  std::map<ItemId, Passing> passings;  ///< of those, what goes on with another unit
};

/// Takes over the organisation, adds the shares and carries out the departures, all in one transaction or not
/// at all: a departure that `actor` may not decide, or that its share cannot take, refuses the whole. What
/// changed in the organisation has a journal entry of its own, in `actor`'s name. The tasks' `named_units`
/// stay as written; their sums follow. Shares that pass to another unit say so,
/// both the one that ends and the one that goes on, which nobody verifies who had a part in the first.
/// Returns how many items were added.
Result<int> change_membership(store::Store& store, decision::Rules const& rules,
                              MembershipChange const& change, Actor const& actor, Moment moment);

/// The same inside a transaction that somebody else commits.
Result<int> change_membership_within(store::Transaction& transaction, decision::Rules const& rules,
                                     MembershipChange const& change, Actor const& actor, Moment moment);

}  // namespace xiaohao
