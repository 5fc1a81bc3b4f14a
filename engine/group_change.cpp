#include "engine/group_change.hpp"

#include <algorithm>

#include "engine/identity/authority.hpp"
#include "engine/identity/people.hpp"
#include "engine/json/document.hpp"
#include "engine/organisation_change.hpp"

namespace xiaohao {
namespace {

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

nlohmann::json payload_of(UnitGroup const& group) {
  return {{"group", group.id.value()}, {"name", group.name}};
}

identity::Authority authority_of(Asking const& asking) { return {Actor::person(asking.who), asking.now}; }

}  // namespace

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

Result<UnitGroup> rename_group(store::Transaction& transaction, GroupId const& id, std::string const& name,
                               std::string const& seen, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  if (auto const may = may_change(organisation, asking); !may) return tl::unexpected(may.error());
  auto const known = organisation.groups.find(id);
  if (known == organisation.groups.end())
    return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
  UnitGroup group = known->second;
  if (version_of(group) != seen)
    return refuse(
        Reason::Stale, "",
        {"内容已被他人更新，请刷新后重试", "somebody has changed it since you read it; read it again"});
  if (group.name == name) return group;
  if (auto const fine = check_name(organisation, id, name); !fine) return tl::unexpected(fine.error());
  for (std::string const& spelling : {group.name, name})
    if (std::find(group.spellings.begin(), group.spellings.end(), spelling) == group.spellings.end())
      group.spellings.push_back(spelling);
  group.stated_size.reset();  // the old name said how many there are, such as 19个
  nlohmann::json payload = payload_of(group);
  group.name = name;
  payload["before"] = std::move(payload["name"]);
  payload["name"] = name;
  transaction.put_group(group);
  identity::record(transaction, authority_of(asking), "group.changed", std::move(payload));
  return group;
}

}  // namespace xiaohao
