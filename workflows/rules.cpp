#include "workflows/rules.hpp"

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/lifecycle.hpp"
#include "workflows/policy.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::workflows {
namespace {

/// Which lifecycle a new item of a kind runs. An occurrence is handed in and confirmed as a milestone is.
std::map<ItemKind, std::string> const lifecycle_of{{ItemKind::Task, "task/1"},
                                                   {ItemKind::Assignment, "assignment/2"},
                                                   {ItemKind::Milestone, "milestone/2"},
                                                   {ItemKind::Occurrence, "milestone/2"},
                                                   {ItemKind::Finding, "finding/1"}};

}  // namespace

std::map<std::string, std::string> shipped_lifecycles() {
  std::map<std::string, std::string> lifecycles;
  for (auto const& [kind, name] : lifecycle_of)
    if (auto const document = shipped("lifecycles/" + name.substr(0, name.find('/')) + ".json"))
      lifecycles.emplace(name, *document);
  return lifecycles;
}

Result<decision::Rules> shipped_rules() {
  decision::Rules rules;
  rules.lifecycle_of = lifecycle_of;
  for (auto const& [name, document] : shipped_lifecycles()) {
    ItemKind const kind = name == lifecycle_of.at(ItemKind::Task) ? ItemKind::Task : ItemKind::Assignment;
    Result<statechart::Definition> const definition = read_lifecycle(document, kind);
    if (!definition) return tl::unexpected(definition.error());
    rules.lifecycles.emplace(name, *definition);
  }
  auto const permissions =
      json::read(*shipped("permissions/default.json")).and_then(decision::Permissions::read);
  if (!permissions) return tl::unexpected(permissions.error());
  auto const calendar = shipped_calendar();
  if (!calendar) return tl::unexpected(calendar.error());
  auto const policy = json::read(*shipped("policies/default.json")).and_then(read_policy);
  if (!policy) return tl::unexpected(policy.error());
  rules.permissions = *permissions;
  rules.calendar = *calendar;
  rules.lights = policy->lights;
  rules.settings = policy->settings;
  rules.evidence = policy->evidence;
  return rules;
}

}  // namespace xiaohao::workflows
