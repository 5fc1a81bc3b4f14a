#pragma once

#include "engine/decision/rules.hpp"

namespace xiaohao::decision {

/// When a delay that begins at `now` ends. Named delays: `publicity`, by the county's settings; an unknown
/// name is an error of the lifecycle and was refused when it was loaded, so it ends at once here.
Instant end_of_delay(statechart::Delay const& delay, Instant now, Rules const& rules);

/// The names that a lifecycle may use.
bool is_named_delay(std::string_view name);

}  // namespace xiaohao::decision
