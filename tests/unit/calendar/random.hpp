#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace xiaohao::calendar {

/// Choices that are the same for the same seed with every compiler and library.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  int between(int min, int max) {
    return min + static_cast<int>(engine_() % static_cast<std::uint32_t>(max - min + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  T const& among(std::vector<T> const& values) {
    return values[static_cast<std::size_t>(between(0, static_cast<int>(values.size()) - 1))];
  }

 private:
  std::mt19937 engine_;  // its sequence is fixed by the standard; that of the distributions is not
};

}  // namespace xiaohao::calendar
