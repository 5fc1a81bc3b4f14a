#include "engine/clock/clock.hpp"

namespace xiaohao {

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void VirtualClock::advance_to(Instant instant) {
  Instant current = now_.load();
  while (current < instant && !now_.compare_exchange_weak(current, instant)) {
  }
}

}  // namespace xiaohao
