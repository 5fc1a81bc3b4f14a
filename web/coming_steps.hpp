#pragma once

// What will happen to an item if nobody acts: the steps of its ladder that are still to come, and the ends of
// the delays that run.

#include <string>
#include <vector>

#include "web/application.hpp"

namespace xiaohao::web {

struct ComingStep {
  Instant at;
  std::string kind;                  ///< `remind`, `urge` … as notices of the step say; empty for a delay
  std::string delay_event;           ///< of a delay of the lifecycle: the event it will send; else empty
  std::vector<Username> recipients;  ///< of a step of the ladder, each once, by user name
};

/// In order, at most `limit`. Asks the engine's own planner, so that what is shown is what will be decided.
std::vector<ComingStep> coming_steps(Application& application, store::Reader const& reader,
                                     WorkItem const& item, std::size_t limit);
/// The same, were `rules` in force.
std::vector<ComingStep> coming_steps(Application& application, store::Reader const& reader,
                                     WorkItem const& item, std::size_t limit, decision::Rules const& rules);

}  // namespace xiaohao::web
