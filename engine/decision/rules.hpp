#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/calendar/business_calendar.hpp"
#include "engine/decision/escalation.hpp"
#include "engine/decision/evidence_policy.hpp"
#include "engine/decision/light.hpp"
#include "engine/decision/permissions.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::decision {

/// Numbers that a county chooses, from its policy file.
struct Settings {
  int publicity_days = 7;               ///< 公示; 0 = none
  bool publicity_working_days = false;  ///< calendar days of 24 hours, or working days to the end of the last
  int extension_working_days_before = 3;  ///< an extension is asked for at least so long before the due date
  int extensions_max = 2;
  int extension_days_coordinator =
      30;                   ///< beyond the original due date; a longer one only the leadership grants
  int immediate_days = 15;  ///< 立行立改: calendar days from the day it is issued
};

/// Everything but the item and the moment that a decision depends on. Immutable once the engine runs.
struct Rules {
  std::map<std::string, statechart::Definition> lifecycles;  ///< by name and version: `assignment/1`
  std::map<ItemKind, std::string> lifecycle_of;              ///< which one a new item of a kind runs
  Permissions permissions;
  calendar::BusinessCalendar calendar;
  LightPolicy lights;
  Settings settings;
  EvidencePolicy evidence;
  std::shared_ptr<Escalation const> escalation;

  statechart::Definition const* lifecycle(std::string const& name) const {
    auto const found = lifecycles.find(name);
    return found == lifecycles.end() ? nullptr : &found->second;
  }
};

}  // namespace xiaohao::decision
