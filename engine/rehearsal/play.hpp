#pragma once

// Plays a stage forward: timers and people in the order of time, through the engine's own execution.
//
//     Stage stage(organisation);
//     create_plan(stage, …);
//     Play const played = play(stage, {rules, scenario, 1, from, last_day});
//
// The same stage, rules, scenario and seed give the same play, on every machine.

#include <cstdint>
#include <map>
#include <set>

#include "engine/decision/rules.hpp"
#include "engine/rehearsal/scenario.hpp"
#include "engine/rehearsal/stage.hpp"

namespace xiaohao::rehearsal {

struct Terms {
  decision::Rules const& rules;
  Scenario const& scenario;
  std::uint64_t seed;
  Instant from;
  Date last_day;  ///< played to its end
};

struct RedDays {
  int days = 0;  ///< of all items together: two items red on one day are two
  std::set<ItemId> items;
};

struct Play {
  std::map<UnitId, RedDays> red;
  std::map<std::pair<std::string, std::string>, std::set<ItemId>>
      nobody_to_act;  ///< by event and unit: who should have done it is not there, or may not
  int commands = 0;
  int timers = 0;
};

/// A day of an item is red when its light is at the end of the day, closed or not.
Play play(Stage& stage, Terms const& terms);

}  // namespace xiaohao::rehearsal
