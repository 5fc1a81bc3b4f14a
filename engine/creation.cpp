#include "engine/creation.hpp"

#include <nlohmann/json.hpp>

#include "engine/execution.hpp"

namespace xiaohao {
namespace {

void put_organisation(store::Transaction& transaction, Organisation const& organisation) {
  for (auto const& [id, unit] : organisation.units) transaction.put_unit(unit);
  for (auto const& [id, group] : organisation.groups) transaction.put_group(group);
  for (auto const& [username, participant] : organisation.participants)
    transaction.put_participant(participant);
}

int unknown_groups(ItemDefinition const& definition) {
  int count = 0;
  for (NamedUnit const& unit : definition.named_units)
    if (!unit.members_known) ++count;
  return count;
}

}  // namespace

Result<void> create_plan(store::Store& store, decision::Rules const& rules, Plan const& plan,
                         Organisation const& organisation, std::vector<ItemDraft> const& drafts,
                         Instant now) {
  return store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    if (transaction.plan(plan.year)) {
      std::string const year = std::to_string(plan.year.value());
      return refuse(
          Reason::NotPossible, "/year",
          {year + " 年已有实施方案", "there is a plan for " + year + " already; choose another year"});
    }
    put_organisation(transaction, organisation);
    transaction.put_plan(plan);
    transaction.append({0,
                        now,
                        now,
                        Actor::engine(),
                        std::nullopt,
                        "plan.created",
                        {{"year", plan.year.value()},
                         {"title", plan.title},
                         {"source", plan.source},
                         {"items", drafts.size()}},
                        nlohmann::json::object()});
    Execution execution(transaction, rules, organisation, now);
    std::vector<ItemId> ids;
    std::vector<ItemId> tasks;
    for (ItemDraft const& draft : drafts) {
      ItemDefinition definition = draft.definition;
      definition.id = transaction.next_item_id();
      definition.plan = plan.year;
      if (draft.parent) definition.parent = ids.at(*draft.parent);
      ids.push_back(definition.id);
      if (definition.kind == ItemKind::Task) tasks.push_back(definition.id);
      ItemStatus status;
      status.groups_unknown = unknown_groups(definition);
      execution.create(std::move(definition), std::move(status), now);
    }
    for (ItemId task : tasks) execution.sum_up(task, now);
    return {};
  });
}

Result<int> add_shares(store::Store& store, decision::Rules const& rules, Organisation const& organisation,
                       std::vector<ItemDraft> const& drafts, Instant now) {
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    put_organisation(transaction, organisation);
    Execution execution(transaction, rules, organisation, now);
    std::vector<ItemId> tasks;
    for (ItemDraft const& draft : drafts) {
      ItemDefinition definition = draft.definition;
      definition.id = transaction.next_item_id();
      ItemId const task = definition.parent.value();
      if (tasks.empty() || tasks.back() != task) tasks.push_back(task);
      execution.create(std::move(definition), {}, now);
    }
    for (ItemId task : tasks) execution.sum_up(task, now);
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return static_cast<int>(drafts.size());
}

}  // namespace xiaohao
