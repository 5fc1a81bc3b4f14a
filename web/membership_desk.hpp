#pragma once

// Who is in a group, changed while the plan runs: new members get their shares of the open tasks, and what
// becomes of a leaver's shares a person decides.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::web {

struct MembershipWish {
  GroupId group;
  std::string seen;  ///< `version_of` the group
  std::vector<UnitId> add, remove;
  /// Of units that are taken out: whose their open shares become, none: they end. Those of units that are not
  /// named stay open until somebody decides.
  std::map<UnitId, std::optional<UnitId>> decisions;
  std::string reason;  ///< why shares end; needed with decisions
};

struct MembershipOutcome {
  int shares_made = 0;
  int shares_ended = 0;
  int undecided = 0;  ///< open shares of units that their tasks do not mean any more
};

class MembershipDesk {
 public:
  virtual ~MembershipDesk() = default;

  /// In one transaction with all it brings about; returns when it is durable. Refuses: Forbidden by the
  /// permission table, event `members.change`, and where shares end, `cancel`; NotFound; Stale; Malformed at
  /// /add, /remove, /decide, /reason.
  virtual Result<MembershipOutcome> change(MembershipWish const& wish, Username const& who) = 0;
};

}  // namespace xiaohao::web
