#include "cli/demonstration.hpp"

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/organisation.hpp"
#include "workflows/shares.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

/// `known` with what it lacks of `example`.
Result<Organisation> merged(Organisation known, Organisation const& example) {
  for (auto const& [id, unit] : example.units) {
    Unit const* const same_id = known.unit(id);
    Unit const* const same_name = workflows::unit_named(known, unit.name);
    if (same_id != same_name)
      return refuse(Reason::NotPossible, "",
                    {"数据库中另有单位与示范单位“" + unit.name + "”（" + id.value() + "）重名",
                     "the database has another unit with the id or name of " + unit.name + " (" + id.value() +
                         "); the demonstration does not fit it"});
    known.units.try_emplace(id, unit);
  }
  for (auto const& [id, group] : example.groups) {
    auto const [there, added] = known.groups.try_emplace(id, group);
    if (!added && !there->second.members_known) {
      there->second.members = group.members;
      there->second.members_known = group.members_known;
    }
  }
  for (auto const& [username, participant] : example.participants)
    known.participants.try_emplace(username, participant);
  return known;
}

}  // namespace

Result<void> fill_demonstration(store::Store& store, decision::Rules const& rules, Moment moment) {
  auto const example = json::read(*workflows::shipped("organisation/demonstration.json"))
                           .and_then(workflows::read_organisation);
  if (!example) return tl::unexpected(example.error());
  auto const reader = store.read();
  Organisation const before = reader->organisation();
  Result<Organisation> organisation = merged(before, example->organisation);
  if (!organisation) return tl::unexpected(organisation.error());
  if (example->staff) workflows::add_staff(*organisation, *example->staff);
  store::ItemFilter every_task;
  every_task.kind = ItemKind::Task;
  std::vector<ItemDraft> shares;
  for (WorkItem const& task : reader->items(every_task)) {
    auto const missing = workflows::missing_shares(task, reader->children(task.id()), *organisation);
    shares.insert(shares.end(), missing.begin(), missing.end());
  }
  if (shares.empty() && before == *organisation) return {};
  return add_shares(store, rules, *organisation, shares, moment).map([](int) {});
}

}  // namespace xiaohao::cli
