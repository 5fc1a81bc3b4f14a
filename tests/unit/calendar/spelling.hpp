#pragma once

// A schedule that is known, spelt in one of the ways in which a county's documents spell it. What a spelling
// means is worked out here by <chrono> alone, so that the grammar is held against something that is not the
// grammar.

#include <optional>
#include <string>

#include "engine/calendar/schedule.hpp"
#include "tests/unit/calendar/random.hpp"

namespace xiaohao::calendar {

struct Spelt {
  std::string phrase;
  Schedule means;  ///< without the phrase
  std::optional<Date> reference;
};

Spelt spell(Random& random, int plan_year);

}  // namespace xiaohao::calendar
