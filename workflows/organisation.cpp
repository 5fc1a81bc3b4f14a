#include "workflows/organisation.hpp"

#include <algorithm>
#include <set>

#include "engine/domain/plain_text.hpp"
#include "engine/group_change.hpp"
#include "engine/json/document.hpp"
#include "workflows/reading.hpp"

namespace xiaohao::workflows {
namespace {

constexpr int lines_max = 1'000'000;

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// Administrators act on nothing, and each only administers his own field (等保三级).
bool may_be_combined(std::vector<Role> const& roles) {
  auto const is_apart = [](Role role) {
    return role == Role::SystemAdministrator || role == Role::SecurityAdministrator || role == Role::Auditor;
  };
  return roles.size() < 2 || std::none_of(roles.begin(), roles.end(), is_apart);
}

Text not_listed(std::string const& what) {
  return {"“" + what + "”没有列在本文件中", "\"" + what + "\" is not listed in this file"};
}

class OrganisationReader {
 public:
  Result<OrganisationFile> read(json::Json const& document) {
    json::Fields top(document, "");
    read_heading(top, "xiaohao-organisation/1");
    top.ignore("source");
    read_each(top, "units", top.array("units"), [this](json::Fields& fields) { read_unit(fields); });
    read_each(top, "groups", top.array_or_empty("groups"),
              [this](json::Fields& fields) { read_group(fields); });
    read_each(top, "participants", top.array_or_empty("participants"),
              [this](json::Fields& fields) { read_participant(fields); });
    read_coordinating_unit(top);
    read_staff(top);
    if (file_.staff) add_staff(file_.organisation, *file_.staff);
    check_leaders(top);
    file_.doubts = read_texts(top, "doubts");
    if (Result<void> const finished = top.finish(); !finished) return tl::unexpected(finished.error());
    return std::move(file_);
  }

 private:
  OrganisationFile file_{{}, UnitId{""}, std::nullopt, {}};
  std::set<std::string> names_;  ///< of units, and names and spellings of groups: a row must mean one of them
  std::vector<std::pair<std::string, Username>> leaders_;  ///< named by units, with their pointers

  std::string read_id(json::Fields& fields, std::string_view name) {
    std::string id = fields.text(name);
    if (!id.empty() && !is_id(id))
      fields.fault(name, Text{"应为小写字母、数字或连字符，至多 64 个",
                              "must be lower-case ASCII letters, digits and hyphens, 64 at most"});
    return id;
  }

  void keep_name(json::Fields& fields, std::string_view field, std::string const& name) {
    if (!name.empty() && !names_.insert(name).second) fields.fault(field, stands_twice(name));
  }

  UnitId read_listed_unit(json::Fields& fields, std::string_view name) {
    UnitId unit{fields.text(name)};
    if (!unit.value().empty() && !file_.organisation.unit(unit)) fields.fault(name, not_listed(unit.value()));
    return unit;
  }

  void read_unit(json::Fields& fields) {
    Unit unit{UnitId{read_id(fields, "id")},
              read_name(fields, "name"),
              fields.text("kind"),
              fields.boolean_or("example", false),
              std::nullopt,
              std::nullopt};
    if (!unit.kind.empty() && unit.kind != "agency" && unit.kind != "township")
      fields.fault("kind", Text{"应为 agency 或 township", "must be agency or township"});
    for (auto const& [name, person] :
         {std::pair{"head", &unit.head}, {"supervising_leader", &unit.supervising_leader}})
      if (std::string const username = fields.text_or(name, ""); !username.empty()) {
        *person = Username{username};
        leaders_.emplace_back(fields.pointer(name), Username{username});
      }
    fields.integers("source_lines", 1, lines_max);
    keep_name(fields, "name", unit.name);
    UnitId const id = unit.id;
    if (!file_.organisation.units.emplace(id, std::move(unit)).second)
      fields.fault("id", stands_twice(id.value()));
  }

  void read_group(json::Fields& fields) {
    UnitGroup group{GroupId{read_id(fields, "id")},
                    read_name(fields, "name"),
                    {},
                    fields.text_or("kind", "group"),
                    {},
                    fields.has("members"),
                    std::nullopt};
    if (group.kind != "group" && group.kind != "persons")
      fields.fault("kind", Text{"应为 group 或 persons", "must be group or persons"});
    group.spellings.push_back(group.name);
    keep_name(fields, "name", group.name);
    read_each_text(fields, "spellings", [&](std::string const& spelling, std::size_t index) {
      if (spelling == group.name) return;
      if (!names_.insert(spelling).second) fault_in(fields, "spellings", index, stands_twice(spelling));
      group.spellings.push_back(spelling);
    });
    if (fields.has("stated_size"))
      group.stated_size = static_cast<int>(fields.integer("stated_size", 1, 100'000));
    fields.ignore("stated_size");
    read_members(fields, group);
    fields.integers("source_lines", 1, lines_max);
    GroupId const id = group.id;
    if (!file_.organisation.groups.emplace(id, std::move(group)).second)
      fields.fault("id", stands_twice(id.value()));
  }

  void read_members(json::Fields& fields, UnitGroup& group) {
    std::set<std::string> seen;
    read_each_text(fields, "members", [&](std::string const& member, std::size_t index) {
      if (!file_.organisation.unit(UnitId{member})) fault_in(fields, "members", index, not_listed(member));
      if (!seen.insert(member).second) fault_in(fields, "members", index, stands_twice(member));
      group.members.emplace_back(member);
    });
    if (group.kind == "persons" && group.members_known)
      fields.fault("members", Text{"人员类没有成员单位", "a class of persons has no units for members"});
    if (group.members_known && group.stated_size &&
        static_cast<int>(group.members.size()) != *group.stated_size) {
      std::string const stated = std::to_string(*group.stated_size);
      std::string const listed = std::to_string(group.members.size());
      fields.fault("members", Text{"应有 " + stated + " 个成员，列出了 " + listed + " 个",
                                   "must have " + stated + " members, and has " + listed});
    }
  }

  void read_participant(json::Fields& fields) {
    Participant participant{
        Username{read_id(fields, "username")}, read_name(fields, "name"), std::nullopt, {}, "",
        fields.boolean_or("active", true)};
    if (fields.has("unit")) participant.unit = read_listed_unit(fields, "unit");
    fields.ignore("unit");
    read_each_text(fields, "roles", [&](std::string const& name, std::size_t index) {
      if (auto const role = role_named(name))
        participant.roles.push_back(*role);
      else
        fault_in(fields, "roles", index, {"没有“" + name + "”这个角色", "\"" + name + "\" is not a role"});
    });
    if (participant.roles.empty() && fields.array_or_empty("roles").empty())
      fields.fault("roles", Text{"至少要有一个角色", "must name at least one role"});
    if (!may_be_combined(participant.roles))
      fields.fault("roles", Text{"系统管理员、安全管理员和审计员不得兼任其他角色",
                                 "an administrator or auditor can have no other role"});
    participant.email = fields.text_or("email", "");
    if (!participant.email.empty() && !is_mail_address(participant.email))
      fields.fault("email", Text{"不是电子邮件地址", "is no mail address"});
    Username const username = participant.username;
    if (!file_.organisation.participants.emplace(username, std::move(participant)).second)
      fields.fault("username", stands_twice(username.value()));
  }

  void read_coordinating_unit(json::Fields& top) {
    file_.coordinating_unit = read_listed_unit(top, "coordinating_unit");
  }

  void read_staff(json::Fields& top) {
    json::Json const* staff = top.optional("staff");
    if (!staff) return;
    json::Fields fields(*staff, top.pointer("staff"));
    StaffRule rule{Username{fields.text("supervising_leader")}, fields.text("mail_domain")};
    if (!rule.mail_domain.empty() && !is_mail_address("owner@" + rule.mail_domain))
      fields.fault("mail_domain", Text{"不是域名", "is no domain name"});
    if (!rule.supervising_leader.value().empty())
      leaders_.emplace_back(fields.pointer("supervising_leader"), rule.supervising_leader);
    file_.staff = std::move(rule);
    top.include(fields.finish());
  }

  /// Heads and leaders are listed after the units that name them.
  void check_leaders(json::Fields& top) {
    for (auto const& [pointer, username] : leaders_)
      if (!file_.organisation.participant(username))
        top.include(refuse(Reason::Malformed, pointer, not_listed(username.value())));
  }
};

void add_participant(Organisation& organisation, std::string const& prefix, std::string const& title,
                     Role role, Unit const& unit, StaffRule const& rule) {
  Username const username{prefix + unit.id.value()};
  organisation.participants.try_emplace(
      username,
      Participant{
          username, unit.name + title, unit.id, {role}, username.value() + "@" + rule.mail_domain, true});
}

}  // namespace

Result<OrganisationFile> read_organisation(json::Json const& document) {
  return OrganisationReader().read(document);
}

void add_staff(Organisation& organisation, StaffRule const& rule) {
  for (auto& [id, unit] : organisation.units) {
    add_participant(organisation, "owner-", "责任人", Role::Owner, unit, rule);
    add_participant(organisation, "head-", "负责人", Role::Head, unit, rule);
    if (!unit.head) unit.head = Username{"head-" + id.value()};
    if (!unit.supervising_leader) unit.supervising_leader = rule.supervising_leader;
  }
}

Unit const* unit_named(Organisation const& organisation, std::string_view name) {
  for (auto const& [id, unit] : organisation.units)
    if (unit.name == name) return &unit;
  return nullptr;
}

UnitGroup const* group_named(Organisation const& organisation, std::string_view name) {
  for (auto const& [id, group] : organisation.groups)
    if (!is_retired(group) &&
        std::find(group.spellings.begin(), group.spellings.end(), name) != group.spellings.end())
      return &group;
  return nullptr;
}

}  // namespace xiaohao::workflows
