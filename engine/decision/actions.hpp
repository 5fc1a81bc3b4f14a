#pragma once

// The actions that a lifecycle may name. An action is pure: it changes the status it is given, and says what
// else follows. The same journal entries applied in order give the same status, which is how `xiaohao verify`
// checks the tables.

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decision/escalation.hpp"
#include "engine/decision/fields.hpp"
#include "engine/domain/command.hpp"
#include "engine/domain/evidence.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

struct ActionInput {
  ItemDefinition const& definition;
  std::string const& event;
  nlohmann::json const& payload;  ///< already checked against the action's fields
  nlohmann::json const& params;   ///< of the action, from the lifecycle
  Actor const& actor;
  Instant at;
};

/// An event that a task passes on to each of its open children.
struct Forward {
  std::string event;
  nlohmann::json payload;
};

/// What follows from a command besides the item's own status.
struct Consequences {
  std::vector<Evidence> attached;
  std::vector<Sha256Hex> withdrawn;
  std::vector<Occasion> occasions;
  std::vector<Forward> forwards;
  std::optional<UnitId> handed_to;  ///< the share goes to this unit: it gets one of its own
  std::string measures;             ///< of a finding: that are added to those it has; empty: none
  bool rechecked = false;           ///< somebody has looked again at what was closed
  bool tell_parent = false;         ///< the parent's sum of closed shares may have changed
};

/// A parameter that a lifecycle must give the action: a text that is not empty.
struct Parameter {
  std::string_view name;
  std::vector<std::string_view> values;  ///< one of these; empty: any
};

struct Action {
  std::string_view name;
  Text meaning;
  std::vector<Field> fields;
  void (*apply)(ItemStatus&, ActionInput const&, Consequences&);
  std::vector<Parameter> parameters = {};
};

/// Nobody has applied: the unit's own clock runs again.
void withdraw_application(ItemStatus& status);

std::span<Action const> actions();
Action const* action_named(std::string_view name);

}  // namespace xiaohao::decision
