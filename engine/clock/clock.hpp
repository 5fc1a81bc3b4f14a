#pragma once

#include <atomic>

#include "engine/model/time.hpp"

namespace xiaohao {

/// Where `now` comes from. Nothing else in the product reads the time of day.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock, UTC.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// A clock that stands still until it is moved, and never goes back. Safe to read from any thread.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_.load(); }
  void advance_to(Instant instant);  ///< an earlier instant is ignored

 private:
  std::atomic<Instant> now_;
};

}  // namespace xiaohao
