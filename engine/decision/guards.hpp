#pragma once

// The guards that a lifecycle may name. A guard answers why it does not hold, so that a person learns what is
// missing.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/domain/evidence.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/silence.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

struct GuardInput {
  WorkItem const& item;
  nlohmann::json const& payload;
  Actor const& actor;
  Participant const* participant;  ///< null for the clock and the engine
  Instant at;
  std::function<std::vector<Evidence>()> const& evidence;  ///< of the item; read only when a guard asks
  Rules const& rules;
  Participant const* principal = nullptr;          ///< for whom the actor stands in
  std::vector<Absence> const* absences = nullptr;  ///< those that run
};

struct Guard {
  std::string_view name;
  Reason
      reason;    ///< why the command is refused: `Forbidden` where it is about the person, else `GuardFailed`
  Text meaning;  ///< what must hold
  std::optional<Fault> (*fault)(GuardInput const&);  ///< none: it holds
};

std::span<Guard const> guards();
Guard const* guard_named(std::string_view name);

}  // namespace xiaohao::decision
