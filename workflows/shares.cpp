#include "workflows/shares.hpp"

#include <algorithm>

#include "workflows/organisation.hpp"

namespace xiaohao::workflows {

std::vector<Share> shares_of(std::vector<NamedUnit> const& named, Organisation const& organisation) {
  std::vector<Share> shares;
  auto const add = [&](UnitId const& unit, UnitRole role) {
    auto const there =
        std::find_if(shares.begin(), shares.end(), [&](Share const& share) { return share.unit == unit; });
    if (there == shares.end())
      shares.push_back({unit, role});
    else if (role == UnitRole::Lead)
      there->role = UnitRole::Lead;
  };
  for (NamedUnit const& entry : named) {
    if (Unit const* unit = unit_named(organisation, entry.name))
      add(unit->id, entry.role);
    else if (UnitGroup const* group = group_named(organisation, entry.name))
      for (UnitId const& member : group->members) add(member, entry.role);
  }
  auto const leads = [](Share const& share) { return share.role == UnitRole::Lead; };
  if (std::count_if(shares.begin(), shares.end(), leads) == 1)
    std::find_if(shares.begin(), shares.end(), leads)->leads_alone = true;
  return shares;
}

ItemDefinition share_definition(ItemDefinition const& task, Share const& share) {
  ItemDefinition definition = task;
  definition.id = ItemId{0};
  definition.parent = std::nullopt;
  definition.kind = ItemKind::Assignment;
  definition.unit = share.unit;
  definition.role = share.role;
  definition.named_units.clear();
  if (!share.leads_alone) definition.indicators.clear();
  return definition;
}

std::vector<ItemDraft> missing_shares(WorkItem const& task, std::vector<WorkItem> const& children,
                                      Organisation const& organisation) {
  std::vector<ItemDraft> missing;
  if (task.status.cancelled) return missing;
  for (Share const& share : shares_of(task.definition.named_units, organisation)) {
    bool const there = std::any_of(children.begin(), children.end(), [&](WorkItem const& child) {
      return child.definition.kind == ItemKind::Assignment && child.definition.unit == share.unit;
    });
    if (there) continue;
    ItemDraft draft{share_definition(task.definition, share), std::nullopt};
    draft.definition.parent = task.id();
    missing.push_back(std::move(draft));
  }
  return missing;
}

}  // namespace xiaohao::workflows
