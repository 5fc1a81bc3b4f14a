#include "engine/decision/permissions.hpp"

#include <algorithm>
#include <array>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::decision {
namespace {

constexpr std::array<std::pair<Relation, std::string_view>, 4> relations{{{Relation::Any, "any"},
                                                                          {Relation::Own, "own"},
                                                                          {Relation::Leads, "leads"},
                                                                          {Relation::NotLed, "not_led"}}};

std::optional<Relation> relation_named(std::string_view name) {
  for (auto const& [relation, known] : relations)
    if (known == name) return relation;
  return std::nullopt;
}

bool administers(Role role) {
  return role == Role::SystemAdministrator || role == Role::SecurityAdministrator || role == Role::Auditor;
}

bool is_supporting_share(WorkItem const& item) { return item.definition.role == UnitRole::Support; }

bool holds(Relation relation, Participant const& participant, Subject const& subject) {
  switch (relation) {
    case Relation::Any:
      return true;
    case Relation::Own:
      return participant.unit && participant.unit == subject.item.definition.unit;
    case Relation::Leads:
      return participant.unit && is_supporting_share(subject.item) &&
             std::find(subject.leads.begin(), subject.leads.end(), *participant.unit) != subject.leads.end();
    case Relation::NotLed:
      return !is_supporting_share(subject.item) || subject.leads.empty();
  }
  return false;
}

}  // namespace

std::string_view to_string(Relation relation) {
  for (auto const& [known, name] : relations)
    if (known == relation) return name;
  return {};
}

std::vector<Permissions::Grant> Permissions::grants(Rules const& rules) {
  std::vector<Grant> found;
  for (auto const& [what, rule] : rules) found.push_back({what, rule.role, rule.relation});
  return found;
}

bool Permissions::allowed(Rules const& rules, Participant const& participant, std::string_view what,
                          Subject const& subject) {
  if (!participant.active) return false;
  auto const [begin, end] = rules.equal_range(what);
  return std::any_of(begin, end, [&](auto const& entry) {
    return participant.has(entry.second.role) && holds(entry.second.relation, participant, subject);
  });
}

bool Permissions::may_send(Participant const& participant, std::string_view event,
                           Subject const& subject) const {
  return allowed(events_, participant, event, subject);
}

bool Permissions::may_read(Participant const& participant, std::string_view what,
                           Subject const& subject) const {
  return allowed(reads_, participant, what, subject);
}

bool Permissions::may_at_large(Participant const& participant, std::string_view event) const {
  auto const [begin, end] = events_.equal_range(event);
  return participant.active &&
         std::any_of(begin, end, [&](auto const& entry) { return participant.has(entry.second.role); });
}

bool Permissions::may_for_unit(Participant const& participant, std::string_view event,
                               UnitId const& unit) const {
  auto const [begin, end] = events_.equal_range(event);
  return participant.active && std::any_of(begin, end, [&](auto const& entry) {
           Relation const relation = entry.second.relation;
           bool const stands =
               relation == Relation::Any || (relation == Relation::Own && participant.unit == unit);
           return stands && participant.has(entry.second.role);
         });
}

bool Permissions::may_read_at_large(Participant const& participant, std::string_view what) const {
  auto const [begin, end] = reads_.equal_range(what);
  return participant.active && std::any_of(begin, end, [&](auto const& entry) {
           return participant.has(entry.second.role) && entry.second.relation == Relation::Any;
         });
}

bool Permissions::may_administer(Participant const& participant, std::string_view what) const {
  auto const [begin, end] = administration_.equal_range(what);
  return participant.active &&
         std::any_of(begin, end, [&](auto const& entry) { return participant.has(entry.second.role); });
}

Result<Permissions> Permissions::read(nlohmann::json const& document) {
  Permissions permissions;
  std::vector<Fault> faults;
  json::Fields top(document, "");
  if (top.text("$schema") != "xiaohao-permissions/1") top.fault("$schema", "must be xiaohao-permissions/1");
  top.ignore("description");
  for (auto const& [section, rules] :
       {std::pair{"events", &permissions.events_}, std::pair{"reads", &permissions.reads_},
        std::pair{"administration", &permissions.administration_}}) {
    if (rules == &permissions.administration_ && !top.has(section)) continue;
    std::size_t index = 0;
    for (nlohmann::json const& entry : top.array(section)) {
      json::Fields fields(entry, json::join_pointer(top.pointer(section), index++));
      auto const role = role_named(fields.text("role"));
      if (!role) fields.fault("role", "is not a role");
      if (role && administers(*role) && rules == &permissions.events_)
        fields.fault("role", "an administrator or auditor acts on no item");
      if (role && !administers(*role) && rules == &permissions.administration_)
        fields.fault("role", "whoever acts on items administers nothing");
      auto const relation = relation_named(fields.text("relation"));
      if (!relation) fields.fault("relation", "must be any, own, leads or not_led");
      for (std::string const& name : fields.texts(section))
        if (role && relation) rules->emplace(name, Rule{*role, *relation});
      if (auto finished = fields.finish(); !finished)
        faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
    }
  }
  if (auto finished = top.finish(); !finished)
    faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  return permissions;
}

}  // namespace xiaohao::decision
