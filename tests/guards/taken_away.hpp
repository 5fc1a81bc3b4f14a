#pragma once

#include <cstdlib>

namespace xiaohao {

/// Whether the check of this number is taken away in this run. In no program that is delivered: `guards.mjs
/// code` writes the question before each check in its copy of the tree, so that all are compiled but once.
inline bool taken_away(int number) {
  static int const which = [] {
    char const* const text = std::getenv("XIAOHAO_TAKEN_AWAY");
    return text ? std::atoi(text) : 0;
  }();
  return number == which;
}

}  // namespace xiaohao
