#include "engine/share_passing.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao {

std::int64_t tell_passing(store::Transaction& transaction, ItemId ended, std::optional<ItemId> goes_on_as,
                          Passing const& passing, Actor const& actor, Moment moment) {
  nlohmann::json const names{
      {"from", passing.from.value()}, {"to", passing.to.value()}, {"reason", passing.reason}};
  auto const tell = [&](ItemId item, nlohmann::json payload) {
    return transaction.append({0, moment.at, moment.recorded_at, actor, item, handed_over_event,
                               std::move(payload), nlohmann::json::object()});
  };
  nlohmann::json of_ended = names;
  if (goes_on_as) of_ended["goes_on_as"] = goes_on_as->value();
  std::int64_t const index = tell(ended, std::move(of_ended));
  if (!goes_on_as) return index;
  nlohmann::json of_made = names;
  of_made["was"] = ended.value();
  return tell(*goes_on_as, std::move(of_made));
}

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
