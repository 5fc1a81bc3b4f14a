// The names of enumerations, as the API, the tables and the journal write them.

#include <array>
#include <utility>

#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao {
namespace {

template <class Value, std::size_t N>
using Names = std::array<std::pair<Value, std::string_view>, N>;

constexpr Names<Role, 8> roles{{{Role::Leader, "Leader"},
                                {Role::Coordinator, "Coordinator"},
                                {Role::Head, "Head"},
                                {Role::Owner, "Owner"},
                                {Role::Inspector, "Inspector"},
                                {Role::SystemAdministrator, "SystemAdministrator"},
                                {Role::SecurityAdministrator, "SecurityAdministrator"},
                                {Role::Auditor, "Auditor"}}};
constexpr Names<ItemKind, 5> item_kinds{{{ItemKind::Task, "Task"},
                                         {ItemKind::Assignment, "Assignment"},
                                         {ItemKind::Milestone, "Milestone"},
                                         {ItemKind::Occurrence, "Occurrence"},
                                         {ItemKind::Finding, "Finding"}}};
constexpr Names<UnitRole, 2> unit_roles{{{UnitRole::Lead, "Lead"}, {UnitRole::Support, "Support"}}};
constexpr Names<NoticeState, 6> notice_states{{{NoticeState::Planned, "planned"},
                                               {NoticeState::Sending, "sending"},
                                               {NoticeState::Sent, "sent"},
                                               {NoticeState::Failed, "failed"},
                                               {NoticeState::Dead, "dead"},
                                               {NoticeState::Withheld, "withheld"}}};

template <class Value, std::size_t N>
std::string_view name_of(Names<Value, N> const& names, Value value) {
  for (auto const& [candidate, name] : names)
    if (candidate == value) return name;
  return "";
}

template <class Value, std::size_t N>
std::optional<Value> value_named(Names<Value, N> const& names, std::string_view name) {
  for (auto const& [value, candidate] : names)
    if (candidate == name) return value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Role role) { return name_of(roles, role); }
std::optional<Role> role_named(std::string_view name) { return value_named(roles, name); }
std::string_view to_string(ItemKind kind) { return name_of(item_kinds, kind); }
std::optional<ItemKind> item_kind_named(std::string_view name) { return value_named(item_kinds, name); }
std::string_view to_string(UnitRole role) { return name_of(unit_roles, role); }
std::optional<UnitRole> unit_role_named(std::string_view name) { return value_named(unit_roles, name); }
std::string_view to_string(NoticeState state) { return name_of(notice_states, state); }
std::optional<NoticeState> notice_state_named(std::string_view name) {
  return value_named(notice_states, name);
}

}  // namespace xiaohao
