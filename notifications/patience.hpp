#pragma once

// When to try again, and when to leave a channel alone for a while. All of it by the injected clock.

#include <string_view>

#include "engine/model/time.hpp"

namespace xiaohao::notifications {

struct Patience {
  int tries_max = 8;  ///< of a message that the other side defers; then it is dead
  Duration first_wait = std::chrono::minutes{1};
  Duration wait_max = std::chrono::hours{4};
  Duration give_up_after = std::chrono::days{7};  ///< of a message whose channel does not work
  int failures_in_a_row_max = 5;                  ///< then the channel rests
  Duration rest = std::chrono::minutes{1};        ///< doubled each time it still does not work
  Duration rest_max = std::chrono::minutes{30};
};

/// How long to wait after the `attempt`-th try (from 1): twice as long each time, up to the limit, give or
/// take a fifth. Which fifth follows from `key`, so that a thousand messages deferred together do not come
/// back together, and a replay waits as long as the first run did.
Duration wait_after(int attempt, std::string_view key, Patience const& patience);

/// A circuit breaker: leaves a channel alone that fails again and again, then tries it with one message.
class Breaker {
 public:
  explicit Breaker(Patience const& patience) : patience_(patience) {}

  bool allows(Instant now) const { return !rests_until_ || now >= *rests_until_; }
  bool is_open() const { return rests_until_.has_value(); }
  std::optional<Instant> rests_until() const { return rests_until_; }

  void worked();
  /// True when this failure is the one that opens the breaker, so that somebody is told once.
  bool failed(Instant now);

 private:
  Patience patience_;
  int failures_ = 0;
  Duration rest_{};
  std::optional<Instant> rests_until_;
};

/// So many messages in any minute.
class Allowance {
 public:
  explicit Allowance(int per_minute) : per_minute_(per_minute) {}

  bool take(Instant now);
  std::optional<Instant> next(Instant now) const;  ///< when there is one again; empty: there is one now

 private:
  int per_minute_;
  std::optional<Instant> minute_began_;
  int taken_ = 0;
};

}  // namespace xiaohao::notifications
