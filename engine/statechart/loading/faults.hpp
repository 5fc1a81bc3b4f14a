#pragma once

#include <string>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::statechart::loading {

/// Every fault of a file, up to a hundred: whoever mends those sees the rest.
class Faults {
 public:
  void add(std::string pointer, std::string zh, std::string en) {
    if (found_.size() < 100) found_.push_back({std::move(pointer), {std::move(zh), std::move(en)}});
  }
  void add(std::vector<Fault> const& more) {
    for (Fault const& fault : more) add(fault.pointer, fault.detail.zh, fault.detail.en);
  }
  bool empty() const { return found_.empty(); }
  std::vector<Fault> take() { return std::move(found_); }

 private:
  std::vector<Fault> found_;
};

}  // namespace xiaohao::statechart::loading
