#include "engine/creation.hpp"

#include "engine/creation_within.hpp"
#include "engine/execution.hpp"
#include "engine/json/document.hpp"
#include "engine/membership.hpp"
#include "engine/organisation_rows.hpp"

namespace xiaohao {
namespace {

int unknown_groups(ItemDefinition const& definition) {
  int count = 0;
  for (NamedUnit const& unit : definition.named_units)
    if (!unit.members_known) ++count;
  return count;
}

}  // namespace

Result<void> create_plan_within(store::Transaction& transaction, decision::Rules const& rules,
                                PlanDraft const& draft, Organisation const& organisation,
                                std::map<std::string, std::string> const& lifecycles, Moment moment) {
  Plan const& plan = draft.plan;
  if (transaction.plan(plan.year)) {
    std::string const year = std::to_string(plan.year.value());
    return refuse(
        Reason::NotPossible, "/year",
        {year + " 年已有实施方案", "there is a plan for " + year + " already; choose another year"});
  }
  put_organisation(transaction, organisation);
  for (auto const& [name, document] : lifecycles) transaction.put_definition(name, document);
  transaction.put_plan(plan);
  transaction.append({0,
                      moment.at,
                      moment.recorded_at,
                      Actor::engine(),
                      std::nullopt,
                      "plan.created",
                      {{"year", plan.year.value()},
                       {"title", plan.title},
                       {"source", plan.source},
                       {"items", draft.items.size()}},
                      nlohmann::json::object()});
  Execution execution(transaction, rules, organisation, moment.recorded_at);
  std::vector<ItemId> ids;
  std::vector<ItemId> tasks;
  for (ItemDraft const& item : draft.items) {
    ItemDefinition definition = item.definition;
    definition.id = transaction.next_item_id();
    definition.plan = plan.year;
    if (item.parent) definition.parent = ids.at(*item.parent);
    ids.push_back(definition.id);
    if (definition.kind == ItemKind::Task) tasks.push_back(definition.id);
    ItemStatus status;
    status.groups_unknown = unknown_groups(definition);
    execution.create(std::move(definition), std::move(status), moment.at);
  }
  for (ItemId task : tasks) execution.sum_up(task, moment.at);
  return {};
}

Result<void> create_plan(store::Store& store, decision::Rules const& rules, PlanDraft const& draft,
                         Organisation const& organisation,
                         std::map<std::string, std::string> const& lifecycles, Moment moment) {
  return store.write_and_wait([&](store::Transaction& transaction) {
    return create_plan_within(transaction, rules, draft, organisation, lifecycles, moment);
  });
}

Result<int> add_shares(store::Store& store, decision::Rules const& rules, Organisation const& organisation,
                       std::vector<ItemDraft> const& drafts, Moment moment) {
  return change_membership(store, rules, {organisation, drafts, {}, {}}, Actor::engine(), moment);
}

}  // namespace xiaohao
