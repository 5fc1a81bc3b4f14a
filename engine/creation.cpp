#include "engine/creation.hpp"

#include <set>

#include "engine/execution.hpp"
#include "engine/json/document.hpp"

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

/// What `after` has that `before` had not, as the journal keeps it; empty when nothing changed.
nlohmann::json changes(Organisation const& before, Organisation const& after) {
  nlohmann::json changed = nlohmann::json::object();
  for (auto const& [id, unit] : after.units)
    if (auto const* known = before.unit(id); !known || *known != unit) changed["units"].push_back(id.value());
  for (auto const& [id, group] : after.groups) {
    auto const known = before.groups.find(id);
    if (known != before.groups.end() && known->second == group) continue;
    nlohmann::json members = nlohmann::json::array();
    for (UnitId const& member : group.members) members.push_back(member.value());
    changed["groups"][id.value()] = std::move(members);
  }
  for (auto const& [username, participant] : after.participants)
    if (auto const* known = before.participant(username); !known || *known != participant)
      changed["participants"].push_back(username.value());
  return changed;
}

}  // namespace

Result<void> create_plan(store::Store& store, decision::Rules const& rules, PlanDraft const& draft,
                         Organisation const& organisation,
                         std::map<std::string, std::string> const& lifecycles, Moment moment) {
  Plan const& plan = draft.plan;
  return store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
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
  });
}

Result<int> add_shares(store::Store& store, decision::Rules const& rules, Organisation const& organisation,
                       std::vector<ItemDraft> const& drafts, Moment moment) {
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    nlohmann::json changed = changes(transaction.organisation(), organisation);
    put_organisation(transaction, organisation);
    if (!changed.empty())
      transaction.append({0, moment.at, moment.recorded_at, Actor::engine(), std::nullopt,
                          "organisation.changed", std::move(changed), nlohmann::json::object()});
    Execution execution(transaction, rules, organisation, moment.recorded_at);
    std::set<ItemId> tasks;
    for (ItemDraft const& draft : drafts) {
      ItemDefinition definition = draft.definition;
      definition.id = transaction.next_item_id();
      tasks.insert(definition.parent.value());
      execution.create(std::move(definition), {}, moment.at);
    }
    // A group may have become known without a new share: all of its members had theirs already.
    store::ItemFilter every_task;
    every_task.kind = ItemKind::Task;
    for (WorkItem const& task : transaction.items(every_task))
      if (task.status.groups_unknown > 0) tasks.insert(task.id());
    for (ItemId task : tasks) execution.sum_up(task, moment.at);
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return static_cast<int>(drafts.size());
}

}  // namespace xiaohao
