#include "engine/membership.hpp"

#include <algorithm>
#include <set>

#include "engine/execution.hpp"
#include "engine/json/document.hpp"
#include "engine/organisation_rows.hpp"

namespace xiaohao {
namespace {

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

/// The shares that end and go on as `share`.
std::vector<WorkItem> ending_for(store::Reader const& reader, ItemDefinition const& share,
                                 std::map<ItemId, Passing> const& passings) {
  std::vector<WorkItem> ending;
  for (auto const& [id, passing] : passings) {
    if (passing.to != share.unit) continue;
    auto const item = reader.item(id);
    if (item && item->definition.parent == share.parent) ending.push_back(*item);
  }
  return ending;
}

}  // namespace

Result<int> change_membership_within(store::Transaction& transaction, decision::Rules const& rules,
                                     MembershipChange const& change, Actor const& actor, Moment moment) {
  nlohmann::json changed = changes(transaction.organisation(), change.organisation);
  put_organisation(transaction, change.organisation);
  if (!changed.empty())
    transaction.append({0, moment.at, moment.recorded_at, actor, std::nullopt, "organisation.changed",
                        std::move(changed), nlohmann::json::object()});
  Execution execution(transaction, rules, change.organisation, moment.recorded_at);
  std::set<ItemId> tasks;
  std::map<ItemId, ItemId> going_on;  ///< by the share that ends
  for (ItemDraft const& draft : change.shares) {
    ItemDefinition definition = draft.definition;
    definition.id = transaction.next_item_id();
    tasks.insert(definition.parent.value());
    ItemStatus begun;
    for (WorkItem const& ending : ending_for(transaction, definition, change.passings)) {
      going_on.emplace(ending.id(), definition.id);
      for (Username const& contributor : ending.status.contributors)
        if (std::find(begun.contributors.begin(), begun.contributors.end(), contributor) ==
            begun.contributors.end())
          begun.contributors.push_back(contributor);
    }
    execution.create(std::move(definition), std::move(begun), moment.at);
  }
  for (Command const& departure : change.departures)
    if (Result<WorkItem> const decided = execution.run(departure, moment.at); !decided)
      return tl::unexpected(decided.error());
  for (auto const& [ended, passing] : change.passings) {
    auto const found = going_on.find(ended);
    auto const made = found == going_on.end() ? std::nullopt : std::optional(found->second);
    std::int64_t const index = tell_passing(transaction, ended, made, passing, actor, moment);
    if (made) execution.tell_handed_over(*made, index, passing.reason, actor, moment.at);
  }
  // A group may have become known without a new share: all of its members had theirs already.
  store::ItemFilter every_task;
  every_task.kind = ItemKind::Task;
  for (WorkItem const& task : transaction.items(every_task))
    if (task.status.groups_unknown > 0) tasks.insert(task.id());
  for (ItemId task : tasks) execution.sum_up(task, moment.at);
  return static_cast<int>(change.shares.size());
}

Result<int> change_membership(store::Store& store, decision::Rules const& rules,
                              MembershipChange const& change, Actor const& actor, Moment moment) {
  int added = 0;
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Result<int> const done = change_membership_within(transaction, rules, change, actor, moment);
    if (!done) return tl::unexpected(done.error());
    added = *done;
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return added;
}

}  // namespace xiaohao
