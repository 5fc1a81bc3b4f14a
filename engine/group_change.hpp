#pragma once

// Which groups of units there are, and what they are called. Who is in one is another matter
// (`membership.hpp`): that makes and ends shares, and a group that begins is empty.

#include "engine/silencing.hpp"

namespace xiaohao {

/// Refuses, in this order: Forbidden by the permission table, event `members.change`; NotPossible for an id
/// that is taken; Malformed at /id, /name. The journal keeps it as `group.created`.
Result<UnitGroup> add_group(store::Transaction& transaction, GroupId const& id, std::string const& name,
                            Asking const& asking);

/// Its tasks stay as written: the name that they use is kept as a spelling. Refuses as above; NotFound; Stale
/// when the group is not as `seen` (`version_of`). As `group.changed`.
Result<UnitGroup> rename_group(store::Transaction& transaction, GroupId const& id, std::string const& name,
                               std::string const& seen, Asking const& asking);

}  // namespace xiaohao
