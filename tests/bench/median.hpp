#pragma once

#include <algorithm>
#include <vector>

namespace xiaohao::bench {

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace xiaohao::bench
