#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/schedule.hpp"
#include "engine/model/text.hpp"

namespace xiaohao::calendar::phrase {

/// What one time expression with its 前, 起, 内 … means, before it is explained.
struct Meaning {
  ScheduleKind kind;
  std::optional<Date> start;
  std::optional<Date> due;
  std::optional<std::string> recurrence;
  Text rule;
  std::vector<Text> notes;  ///< what a person should know besides: no holiday data, a time of day left out
  /// Only names a time and sets no term: `2024年`, `国庆节`. A deadline where it stands alone, a mere mention
  /// in running text.
  bool mention = false;
};

}  // namespace xiaohao::calendar::phrase
