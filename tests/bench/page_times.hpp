#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/http_clients.hpp"

namespace xiaohao::bench {

constexpr std::size_t pages_min = 300;

/// Milliseconds that a page took, asked for every two milliseconds by a connection of its own, while
/// `goes_on` and at least `pages_min` times.
inline std::vector<double> page_times(std::uint16_t port, std::string const& request,
                                      std::atomic<bool> const& goes_on) {
  std::vector<double> took;
  while (goes_on || took.size() < pages_min) {
    auto const begin = std::chrono::steady_clock::now();
    (void)answer_of(port, request);
    took.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return took;
}

inline double slowest_in_a_hundred(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() * 99 / 100];
}

}  // namespace xiaohao::bench
