#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::workflows {

/// One period of a duty that recurs within a year: from the day after the last period to its own due date.
struct Period {
  std::string name;  ///< 一季度, 3月, or 3月15日 where a month has several
  Date start;
  Date due;
  friend bool operator==(Period const&, Period const&) = default;
};

/// More periods than this are no checkpoints but a daily routine: weekly is the most that a person confirms.
inline constexpr std::size_t periods_max = 60;

/// The periods of an RFC 5545 `rule` in `year`. Refuses a rule that no deadline phrase makes, and one with
/// more than `periods_max` periods.
Result<std::vector<Period>> periods_of(std::string_view rule, PlanYear year);

}  // namespace xiaohao::workflows
