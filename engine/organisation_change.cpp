#include "engine/organisation_change.hpp"

#include <algorithm>

#include "engine/identity/access_end.hpp"
#include "engine/identity/authority.hpp"
#include "engine/identity/people.hpp"
#include "engine/journal/base64.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

constexpr std::size_t unit_id_bytes_max = 40;  ///< `owner-ID` must be a user name

nlohmann::json id_or_null(std::optional<Username> const& username) {
  return username ? nlohmann::json(username->value()) : nlohmann::json(nullptr);
}

nlohmann::json to_json(Unit const& unit) {
  return {{"name", unit.name},
          {"kind", unit.kind},
          {"example", unit.example},
          {"head", id_or_null(unit.head)},
          {"supervising_leader", id_or_null(unit.supervising_leader)},
          {"retired", unit.retired}};
}

nlohmann::json to_json(UnitGroup const& group) {
  nlohmann::json members = nlohmann::json::array();
  for (UnitId const& member : group.members) members.push_back(member.value());
  return {{"name", group.name},
          {"kind", group.kind},
          {"members", std::move(members)},
          {"members_known", group.members_known}};
}

nlohmann::json to_json(Participant const& person) {
  nlohmann::json roles = nlohmann::json::array();
  for (Role const role : person.roles) roles.push_back(to_string(role));
  return {{"name", person.name},
          {"unit", person.unit ? nlohmann::json(person.unit->value()) : nlohmann::json(nullptr)},
          {"roles", std::move(roles)},
          {"email", person.email},
          {"active", person.active}};
}

std::string digest_of(nlohmann::json const& document) {
  return journal::to_hexadecimal(journal::hash(document.dump(), journal::HashAlgorithm::Sha256))
      .substr(0, 16);
}

Result<void> may_administer(store::Transaction const& transaction, char const* what, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  Participant const* const person = organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_administer(*person, what)) return {};
  return refuse(Reason::Forbidden, "",
                std::string_view(what) == "units.change"
                    ? Text{"只有系统管理员可以维护单位", "only a system administrator changes units"}
                    : Text{"只有安全管理员可以维护人员和角色",
                           "only a security administrator changes people and their roles"});
}

/// `before`: the unit as it stands, null for a new one. Who headed it and has left since stands in nobody's
/// way.
Result<void> check_unit(Organisation const& organisation, Unit const& wish, Unit const* before) {
  Refusal refusal{Reason::Malformed, {}};
  auto const fault = [&](char const* pointer, char const* zh, char const* en) {
    refusal.faults.push_back({pointer, {zh, en}});
  };
  if (!is_unit_id(wish.id.value()))
    fault("/id", "单位代码只能是小写字母、数字和连字符，至多 40 个",
          "a unit's id is lower-case ASCII letters, digits and hyphens, 40 at most");
  if (!identity::is_visible_name(wish.name))
    fault("/name", "名称须为 1 至 60 个可见字符", "a name is 1 to 60 visible characters");
  else if (name_is_taken(organisation, wish.name, wish.id, std::nullopt))
    fault("/name", "已有同名的单位或单位组", "a unit or group has this name already");
  if (wish.kind != "agency" && wish.kind != "township")
    fault("/kind", "类别须为 agency（县直单位）或 township（乡镇场）", "must be agency or township");
  if (wish.head && (!before || before->head != wish.head)) {
    Participant const* const head = organisation.participant(*wish.head);
    if (!head || !head->active || !head->has(Role::Head) || head->unit != wish.id)
      fault("/head", "负责人须是本单位在岗、有“单位负责人”角色的人员",
            "must be an active person of this unit with the role Head");
  }
  if (wish.supervising_leader && (!before || before->supervising_leader != wish.supervising_leader)) {
    Participant const* const leader = organisation.participant(*wish.supervising_leader);
    if (!leader || !leader->active || !leader->has(Role::Leader))
      fault("/supervising_leader", "分管领导须是在岗、有“领导小组”角色的人员",
            "must be an active person with the role Leader");
  }
  if (refusal.faults.empty()) return {};
  return tl::unexpected(std::move(refusal));
}

/// What keeps a unit in office.
Result<void> check_retiring(store::Transaction const& transaction, Organisation const& organisation,
                            UnitId const& unit) {
  Refusal refusal{Reason::NotPossible, {}};
  store::ItemFilter open;
  open.unit = unit;
  open.open = true;
  if (std::size_t const items = transaction.items(open).size(); items > 0) {
    std::string const count = std::to_string(items);
    refusal.faults.push_back({"/retired",
                              {"还有 " + count + " 个在办事项，请先移交",
                               "it has " + count + " open items; hand its work over first"}});
  }
  for (auto const& [id, group] : organisation.groups)
    if (std::find(group.members.begin(), group.members.end(), unit) != group.members.end())
      refusal.faults.push_back({"/retired",
                                {"仍是“" + group.name + "”的成员，请先移出",
                                 "it is a member of " + group.name + "; take it out first"}});
  for (auto const& [username, person] : organisation.participants)
    if (person.active && person.unit == unit) {
      refusal.faults.push_back({"/retired",
                                {"还有在岗人员（如 " + person.name + "），请先调整",
                                 "it has active people, such as " + person.name + "; move them first"}});
      break;
    }
  if (refusal.faults.empty()) return {};
  return tl::unexpected(std::move(refusal));
}

Result<void> check_person(Organisation const& organisation, Participant const& wish) {
  if (auto const fine = identity::check_participant(wish, organisation); !fine) return fine;
  Unit const* const unit = wish.unit ? organisation.unit(*wish.unit) : nullptr;
  if (unit && unit->retired && wish.active)
    return refuse(Reason::Malformed, "/unit", {"该单位已撤并", "this unit is retired"});
  return {};
}

/// Whether anybody could still change who is who.
bool has_security_administrator(store::Transaction const& transaction, Organisation const& organisation) {
  auto const administrators = organisation.with_role(Role::SecurityAdministrator);
  return std::any_of(administrators.begin(), administrators.end(), [&](Participant const* person) {
    auto const account = transaction.account(person->username);
    return account && !account->disabled;
  });
}

identity::Authority authority_of(Asking const& asking) { return {Actor::person(asking.who), asking.now}; }

}  // namespace

tl::unexpected<Refusal> changed_since_read() {
  return refuse(
      Reason::Stale, "",
      {"内容已被他人更新，请刷新后重试", "somebody has changed it since you read it; read it again"});
}

bool is_unit_id(std::string_view text) {
  return !text.empty() && text.size() <= unit_id_bytes_max &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool name_is_taken(Organisation const& organisation, std::string const& name,
                   std::optional<UnitId> const& unit, std::optional<GroupId> const& group) {
  auto const same = [&](std::string const& other) { return other == name; };
  return std::any_of(organisation.units.begin(), organisation.units.end(),
                     [&](auto const& entry) { return entry.first != unit && same(entry.second.name); }) ||
         std::any_of(organisation.groups.begin(), organisation.groups.end(), [&](auto const& entry) {
           auto const& spellings = entry.second.spellings;
           return entry.first != group &&
                  (same(entry.second.name) || std::any_of(spellings.begin(), spellings.end(), same));
         });
}

std::string version_of(Unit const& unit) { return digest_of(to_json(unit)); }
std::string version_of(UnitGroup const& group) { return digest_of(to_json(group)); }
std::string version_of(Participant const& participant) { return digest_of(to_json(participant)); }

Result<Unit> add_unit(store::Transaction& transaction, Unit wish, Asking const& asking) {
  if (auto const may = may_administer(transaction, "units.change", asking); !may)
    return tl::unexpected(may.error());
  Organisation const organisation = transaction.organisation();
  if (organisation.unit(wish.id))
    return refuse(Reason::NotPossible, "/id",
                  {"单位代码已被使用", "there is a unit of this id already; choose another"});
  wish.retired = false;
  if (auto const fine = check_unit(organisation, wish, nullptr); !fine) return tl::unexpected(fine.error());
  transaction.put_unit(wish);
  identity::record(transaction, authority_of(asking), "unit.created",
                   {{"unit", wish.id.value()}, {"after", to_json(wish)}});
  return wish;
}

Result<Unit> change_unit(store::Transaction& transaction, Unit wish, std::string const& seen,
                         Asking const& asking) {
  if (auto const may = may_administer(transaction, "units.change", asking); !may)
    return tl::unexpected(may.error());
  Organisation const organisation = transaction.organisation();
  Unit const* const before = organisation.unit(wish.id);
  if (!before) return refuse(Reason::NotFound, "", {"没有这个单位", "there is no such unit"});
  if (version_of(*before) != seen) return changed_since_read();
  if (*before == wish) return wish;
  if (auto const fine = check_unit(organisation, wish, before); !fine) return tl::unexpected(fine.error());
  if (wish.retired && !before->retired)
    if (auto const fine = check_retiring(transaction, organisation, wish.id); !fine)
      return tl::unexpected(fine.error());
  transaction.put_unit(wish);
  identity::record(transaction, authority_of(asking), "unit.changed",
                   {{"unit", wish.id.value()}, {"before", to_json(*before)}, {"after", to_json(wish)}});
  return wish;
}

Result<Participant> add_participant(store::Transaction& transaction, Participant wish, Asking const& asking) {
  if (auto const may = may_administer(transaction, "people.change", asking); !may)
    return tl::unexpected(may.error());
  Organisation const organisation = transaction.organisation();
  if (organisation.participant(wish.username))
    return refuse(Reason::NotPossible, "/username",
                  {"用户名已被使用", "somebody has this user name already; choose another"});
  wish.active = true;
  if (auto const fine = check_person(organisation, wish); !fine) return tl::unexpected(fine.error());
  transaction.put_participant(wish);
  nlohmann::json payload = to_json(wish);
  payload["username"] = wish.username.value();
  identity::record(transaction, authority_of(asking), "participant.created", std::move(payload));
  return wish;
}

Result<Participant> change_participant(store::Transaction& transaction, Participant wish,
                                       std::string const& seen, Asking const& asking) {
  if (auto const may = may_administer(transaction, "people.change", asking); !may)
    return tl::unexpected(may.error());
  Organisation organisation = transaction.organisation();
  Participant const* const known = organisation.participant(wish.username);
  if (!known) return refuse(Reason::NotFound, "", {"没有这个人", "there is no such person"});
  Participant const before = *known;
  if (version_of(before) != seen) return changed_since_read();
  if (before == wish) return wish;
  bool const same_place =
      before.roles == wish.roles && before.unit == wish.unit && before.active == wish.active;
  if (wish.username == asking.who && !same_place)
    return refuse(Reason::Forbidden, "/roles",
                  {"不能变更自己的角色、单位或在岗状态，须由另一名安全管理员办理",
                   "nobody changes his own roles, unit or leaving; another security administrator does"});
  if (auto const fine = check_person(organisation, wish); !fine) return tl::unexpected(fine.error());
  bool const had_one = has_security_administrator(transaction, organisation);
  organisation.participants.insert_or_assign(wish.username, wish);
  if (had_one && !has_security_administrator(transaction, organisation))
    return refuse(Reason::NotPossible, "/roles",
                  {"这是最后一名安全管理员，请先指定另一名",
                   "this is the last security administrator; make another one first"});
  transaction.put_participant(wish);
  if (before.active && !wish.active) identity::end_access(transaction, wish.username);
  nlohmann::json payload = to_json(wish);
  payload["username"] = wish.username.value();
  payload["before"] = to_json(before);
  identity::record(transaction, authority_of(asking), "participant.changed", std::move(payload));
  return wish;
}

}  // namespace xiaohao
