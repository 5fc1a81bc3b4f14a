#pragma once

// Who has a share of a task: fan-out of the units and groups that a row names.

#include <vector>

#include "engine/creation.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::workflows {

struct Share {
  UnitId unit;
  UnitRole role;
  bool leads_alone = false;  ///< no other unit leads: it answers for the task's figures
  friend bool operator==(Share const&, Share const&) = default;
};

/// One share for each unit that `named` means, groups fanned out to their members, in the order of naming. A
/// unit that is meant twice has one share, in the more responsible role. A group whose members nobody has
/// named gives none; nor does a class of persons such as 帮扶干部: the units that send them answer for them
/// (`docs/decisions/`).
std::vector<Share> shares_of(std::vector<NamedUnit> const& named, Organisation const& organisation);

/// The share of `task` that `share.unit` answers for: the task's words and dates; its indicators, whose
/// targets are the county's, only when one unit leads alone.
ItemDefinition share_definition(ItemDefinition const& task, Share const& share);

/// The shares that `task` should have by `organisation` and does not: of groups that have become known, and
/// of members they have gained. `children` are all that it has, cancelled ones included; what the leadership
/// has cancelled is not made anew.
std::vector<ItemDraft> missing_shares(WorkItem const& task, std::vector<WorkItem> const& children,
                                      Organisation const& organisation);

}  // namespace xiaohao::workflows
