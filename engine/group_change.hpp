#pragma once

// Which groups of units there are, what they are called, and which are in use no longer. Who is in one is
// another matter
// (`membership.hpp`): that makes and ends shares, and a group that begins is empty.

#include "engine/silencing.hpp"

namespace xiaohao {

/// Kept, since the record names it; nobody joins it, and no plan that comes in means it.
bool is_retired(UnitGroup const& group);

/// Refuses, in this order: Forbidden by the permission table, event `members.change`; NotPossible for an id
/// that is taken; Malformed at /id, /name. The journal keeps it as `group.created`.
Result<UnitGroup> add_group(store::Transaction& transaction, GroupId const& id, std::string const& name,
                            Asking const& asking);

struct GroupWish {
  GroupId id;
  std::string name;
  bool retired = false;
};

/// Another name, retired, or brought back. Its tasks stay as written: the name that they use is kept as a
/// spelling. Refuses as above; NotFound; Stale when the group is not as `seen` (`version_of`); NotPossible at
/// /retired, with everything that it still has, while it has members or an open task names it. As
/// `group.changed`.
Result<UnitGroup> change_group(store::Transaction& transaction, GroupWish const& wish,
                               std::string const& seen, Asking const& asking);

}  // namespace xiaohao
