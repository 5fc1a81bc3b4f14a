#pragma once

// The time machine of a demonstration: moves the virtual clock and lets everything due by then happen.

#include <functional>

#include "web/application.hpp"

namespace xiaohao::web {

/// Walks the clock to what `target` gives for the present instant. `answer` is called from another thread
/// with the new time, when every timer up to it has run and every message is on its way. Refuses: NotFound
/// without a virtual clock, Forbidden to all but the system administrator, Malformed when the target lies in
/// the past or more than ten years ahead, Unavailable when too many wait. One walk at a time.
void walk_clock(Application& application, Username const& username,
                std::function<Result<Instant>(Instant now)> target,
                std::function<void(Result<Instant>)> answer);

}  // namespace xiaohao::web
