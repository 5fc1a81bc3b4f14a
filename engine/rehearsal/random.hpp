#pragma once

// Chance that is the same on every machine. The standard's distributions may differ from one library to the
// next, so both the generator (SplitMix64) and what is drawn from it are spelt out here.

#include <cstdint>
#include <string_view>

namespace xiaohao::rehearsal {

class Chance {
 public:
  /// What is drawn depends on `seed` and `name` alone, never on the order in which others draw: one more item
  /// in the plan does not change what becomes of the rest.
  Chance(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (char const c : name) {
      state_ ^= static_cast<unsigned char>(c);
      next();
    }
  }

  /// A whole number in [min, max].
  int between(int min, int max) {
    auto const span = static_cast<std::uint64_t>(max - min) + 1;
    return min + static_cast<int>(((next() >> 32) * span) >> 32);
  }
  /// True `percent` times in a hundred.
  bool happens(int percent) { return between(1, 100) <= percent; }

 private:
  std::uint64_t state_;

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }
};

}  // namespace xiaohao::rehearsal
