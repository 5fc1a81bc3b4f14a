#pragma once

#include <map>
#include <string>

#include "engine/decision/rules.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::workflows {

/// The rules as shipped: lifecycles, permissions, calendar, lights, settings. `escalation` is left empty for
/// whoever knows the channels to set. Refused only when a shipped file is at fault, which a test would show.
Result<decision::Rules> shipped_rules();

/// The shipped lifecycles as JSON by name and version, `assignment/1`: what a database keeps with the items
/// that run under them.
std::map<std::string, std::string> shipped_lifecycles();

}  // namespace xiaohao::workflows
