#include "engine/domain/occurrence.hpp"

#include "engine/calendar/periods.hpp"
#include "engine/domain/campaigns.hpp"

namespace xiaohao {
namespace {

std::optional<calendar::RecurrenceRule> rule_of(ItemDefinition const& item) {
  if (item.kind != ItemKind::Occurrence || !item.schedule.recurrence || !item.schedule.due)
    return std::nullopt;
  auto rule = calendar::RecurrenceRule::read(*item.schedule.recurrence);
  return rule ? std::optional(std::move(*rule)) : std::nullopt;
}

}  // namespace

bool has_next_occurrence(ItemDefinition const& item) {
  auto const rule = rule_of(item);
  return rule && calendar::period_after(*rule, *item.schedule.due);
}

std::optional<ItemDefinition> next_occurrence(ItemDefinition const& present,
                                              std::vector<Campaign> const& campaigns) {
  auto const rule = rule_of(present);
  auto const period = rule ? calendar::period_after(*rule, *present.schedule.due) : std::nullopt;
  if (!period) return std::nullopt;
  ItemDefinition next = present;
  next.id = ItemId{0};
  std::string const name = calendar::period_name(*rule, *present.schedule.due);
  if (next.title.starts_with(name)) next.title = period->name + next.title.substr(name.size());
  next.schedule.start = period->start;
  next.schedule.due = period->due;
  calendar::Schedule day = next.schedule;
  day.start.reset();
  next.campaigns = campaigns_of(day, campaigns);
  return next;
}

}  // namespace xiaohao
