#include "engine/share_passing.hpp"

#include <algorithm>

namespace xiaohao {

Result<void> check_taker(store::Transaction const& transaction, Organisation const& organisation,
                         WorkItem const& share, UnitId const& taker) {
  Unit const* const unit = organisation.unit(taker);
  if (!unit) return refuse(Reason::Malformed, "/unit", {"没有这个单位", "there is no such unit"});
  if (share.definition.unit == taker)
    return refuse(Reason::Malformed, "/unit", {"本来就是该单位的", "the share is this unit's already"});
  if (!share.definition.parent) return {};
  std::vector<WorkItem> const siblings = transaction.children(*share.definition.parent);
  bool const has_one = std::any_of(siblings.begin(), siblings.end(), [&](WorkItem const& sibling) {
    return sibling.definition.kind == ItemKind::Assignment && sibling.definition.unit == taker &&
           !sibling.status.cancelled;
  });
  if (has_one)
    return refuse(Reason::Malformed, "/unit",
                  {unit->name + "在本任务中已有责任分解", "this unit has a share of the task already"});
  return {};
}

ItemDefinition share_for(ItemDefinition const& share, UnitId const& taker, ItemId id) {
  ItemDefinition passed = share;
  passed.id = id;
  passed.unit = taker;
  return passed;
}

}  // namespace xiaohao
