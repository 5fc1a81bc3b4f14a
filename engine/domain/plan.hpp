#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

/// A named window of the year with its own focus: 春季整改, 夏季提升, 秋冬巩固.
struct Campaign {
  std::string name;
  Text focus;
  Date start;
  Date due;
  bool inferred;  ///< the plan gives the campaign no dates; the window is a county's convention
  friend bool operator==(Campaign const&, Campaign const&) = default;
};

/// One year's programme, made from a checklist.
struct Plan {
  PlanYear year;
  std::string title;
  std::string source;  ///< the document it was read from
  std::vector<Campaign> campaigns;
  std::vector<Text> doubts;
  friend bool operator==(Plan const&, Plan const&) = default;
};

}  // namespace xiaohao
