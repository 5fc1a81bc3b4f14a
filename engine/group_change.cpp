#include "engine/group_change.hpp"

#include <algorithm>

#include "engine/identity/authority.hpp"
#include "engine/identity/people.hpp"
#include "engine/json/document.hpp"
#include "engine/organisation_change.hpp"

namespace xiaohao {
namespace {

constexpr char const* retired_kind = "retired";

Result<void> may_change(Organisation const& organisation, Asking const& asking) {
  Participant const* const person = organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_at_large(*person, "members.change")) return {};
  return refuse(Reason::Forbidden, "",
                {"只有统筹人员和领导可以维护单位组", "only a coordinator or a leader keeps the groups"});
}

Result<void> check_name(Organisation const& organisation, GroupId const& id, std::string const& name) {
  if (!identity::is_visible_name(name))
    return refuse(Reason::Malformed, "/name",
                  {"名称须为 1 至 60 个可见字符", "a name is 1 to 60 visible characters"});
  if (!name_is_taken(organisation, name, std::nullopt, id)) return {};
  return refuse(Reason::Malformed, "/name",
                {"已有同名的单位或单位组", "a unit or group has this name already"});
}

bool names(WorkItem const& task, UnitGroup const& group) {
  auto const& named = task.definition.named_units;
  auto const& spellings = group.spellings;
  return std::any_of(named.begin(), named.end(), [&](NamedUnit const& each) {
    return std::find(spellings.begin(), spellings.end(), each.name) != spellings.end();
  });
}

nlohmann::json payload_of(UnitGroup const& group) {
  return {{"group", group.id.value()}, {"name", group.name}};
}

/// What keeps a group in use.
Result<void> check_retiring(store::Reader const& reader, UnitGroup const& group) {
  if (group.kind == "persons")
    return refuse(
        Reason::NotPossible, "/retired",
        {"人员类没有成员和任务，不撤销", "a class of persons has no members and no tasks; it stays"});
  Refusal refusal{Reason::NotPossible, {}};
  if (!group.members.empty()) {
    std::string const count = std::to_string(group.members.size());
    refusal.faults.push_back(
        {"/retired",
         {"还有 " + count + " 个成员单位，请先移出", "it has " + count + " members; take them out first"}});
  }
  store::ItemFilter every_task;
  every_task.kind = ItemKind::Task;
  for (WorkItem const& task : reader.items(every_task)) {
    if (!task.status.open() || !names(task, group)) continue;
    refusal.faults.push_back({"/retired",
                              {"在办任务“" + task.definition.title + "”仍列有该组",
                               "the open task " + task.definition.title + " names it"}});
  }
  if (refusal.faults.empty()) return {};
  return tl::unexpected(std::move(refusal));
}

/// `group` as it is wished; what it was called stays one of its spellings.
UnitGroup changed(UnitGroup group, GroupWish const& wish) {
  if (group.name != wish.name) {
    for (std::string const& spelling : {group.name, wish.name})
      if (std::find(group.spellings.begin(), group.spellings.end(), spelling) == group.spellings.end())
        group.spellings.push_back(spelling);
    group.stated_size.reset();  // the old name said how many there are, such as 19个
    group.name = wish.name;
  }
  if (wish.retired != is_retired(group)) group.kind = wish.retired ? retired_kind : "group";
  return group;
}

identity::Authority authority_of(Asking const& asking) { return {Actor::person(asking.who), asking.now}; }

}  // namespace

bool is_retired(UnitGroup const& group) { return group.kind == retired_kind; }

Result<UnitGroup> add_group(store::Transaction& transaction, GroupId const& id, std::string const& name,
                            Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  if (auto const may = may_change(organisation, asking); !may) return tl::unexpected(may.error());
  if (organisation.groups.contains(id))
    return refuse(Reason::NotPossible, "/id",
                  {"单位组代码已被使用", "there is a group of this id already; choose another"});
  if (!is_unit_id(id.value()))
    return refuse(Reason::Malformed, "/id",
                  {"代码只能是小写字母、数字和连字符，至多 40 个",
                   "an id is lower-case ASCII letters, digits and hyphens, 40 at most"});
  if (auto const fine = check_name(organisation, id, name); !fine) return tl::unexpected(fine.error());
  UnitGroup const group{id, name, {name}, "group", {}, true, std::nullopt};
  transaction.put_group(group);
  identity::record(transaction, authority_of(asking), "group.created", payload_of(group));
  return group;
}

Result<UnitGroup> change_group(store::Transaction& transaction, GroupWish const& wish,
                               std::string const& seen, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  if (auto const may = may_change(organisation, asking); !may) return tl::unexpected(may.error());
  auto const known = organisation.groups.find(wish.id);
  if (known == organisation.groups.end())
    return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
  UnitGroup const& before = known->second;
  if (version_of(before) != seen) return changed_since_read();
  if (before.name == wish.name && is_retired(before) == wish.retired) return before;
  if (auto const fine = check_name(organisation, wish.id, wish.name); !fine)
    return tl::unexpected(fine.error());
  if (wish.retired && !is_retired(before))
    if (auto const may = check_retiring(transaction, before); !may) return tl::unexpected(may.error());
  UnitGroup const group = changed(before, wish);
  transaction.put_group(group);
  nlohmann::json payload = payload_of(group);
  payload["before"] = before.name;
  payload["retired"] = wish.retired;
  identity::record(transaction, authority_of(asking), "group.changed", std::move(payload));
  return group;
}

}  // namespace xiaohao
