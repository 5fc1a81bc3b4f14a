#pragma once

// A county whose items all fall due on one day: the morning after it, each unit's owner and head are urged
// about every one of them.

#include <memory>
#include <string>

#include "engine/clock/clock.hpp"
#include "engine/engine.hpp"

namespace xiaohao::bench {

constexpr int notices_per_item = 4;  // owner and head, inbox and mail

/// When they are urged: 2024-03-01T08:37 Beijing time.
Instant storm_at();

/// A database at `path`, of shares due on 2024-02-29 in 50 units; the clock stands after their last reminder.
struct StormCounty {
  StormCounty(std::string const& path, int items);

  decision::Rules rules;
  std::unique_ptr<store::Store> store;
  VirtualClock clock;
  std::unique_ptr<Engine> engine;
};

}  // namespace xiaohao::bench
