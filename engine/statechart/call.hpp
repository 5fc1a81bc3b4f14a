#pragma once

#include <string>

#include "engine/json/document.hpp"

namespace xiaohao::statechart {

/// A named guard or action, with its parameters (an object).
struct Call {
  std::string name;
  nlohmann::json params;
  std::string pointer = {};  ///< where it stands in the file; no part of what it is

  friend bool operator==(Call const& a, Call const& b) { return a.name == b.name && a.params == b.params; }
};

}  // namespace xiaohao::statechart
