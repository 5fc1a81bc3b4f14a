#pragma once

// Units, groups and people: who owns, who reviews, who is told.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.hpp"

namespace xiaohao {

/// What a participant acts as. The three administrators (等保三级) exclude one another and cannot act on
/// items.
enum class Role {
  Leader,       ///< 领导小组
  Coordinator,  ///< 县扶贫办: runs the plan
  Head,         ///< unit head 单位负责人: is told of what is late, answers for the unit
  Owner,        ///< unit's clerk 责任人: accepts, reports, applies
  Inspector,    ///< 核查人
  SystemAdministrator,
  SecurityAdministrator,
  Auditor,
};
std::string_view to_string(Role role);  ///< `Leader`, `Coordinator`, …
std::optional<Role> role_named(std::string_view name);

/// An organisation: a bureau, a township. Units do not sign in; participants do.
struct Unit {
  UnitId id;         ///< lower-case ASCII, also part of the owner's user name: `zhujianju`
  std::string name;  ///< 县住建局
  std::string kind;  ///< `agency` or `township`
  bool example;      ///< made up for the demonstration, and shown with 示例
  std::optional<Username> head;
  std::optional<Username> supervising_leader;  ///< 分管领导
  bool retired = false;                        ///< 撤并: kept, since the record names it, and given no work
  friend bool operator==(Unit const&, Unit const&) = default;
};

/// A named set of units that the plan writes as one: "各乡(镇、场)". It fans out to its members.
struct UnitGroup {
  GroupId id;
  std::string name;
  std::vector<std::string> spellings;  ///< as documents write it, brackets of mixed width included
  std::string kind;  ///< `group`; `persons`, a class of them such as 帮扶干部; `retired`: in use no longer
  std::vector<UnitId> members;
  bool members_known;              ///< false: the plan names nobody, and nobody has said since
  std::optional<int> stated_size;  ///< "19个…": what the name itself claims
  friend bool operator==(UnitGroup const&, UnitGroup const&) = default;
};

/// A person who acts for a unit.
struct Participant {
  Username username;
  std::string name;
  std::optional<UnitId> unit;
  std::vector<Role> roles;
  std::string email;  ///< empty: none
  bool active = true;
  friend bool operator==(Participant const&, Participant const&) = default;

  bool has(Role role) const;
};

/// The organisation as it stands at one version; immutable once made, and shared by all readers.
struct Organisation {
  std::map<UnitId, Unit> units;
  std::map<GroupId, UnitGroup> groups;
  std::map<Username, Participant> participants;
  friend bool operator==(Organisation const&, Organisation const&) = default;

  Unit const* unit(UnitId const& id) const;
  Participant const* participant(Username const& username) const;
  std::vector<Participant const*> with_role(Role role) const;  ///< active ones, by user name
  std::vector<Participant const*> owners_of(UnitId const& unit) const;
};

}  // namespace xiaohao
