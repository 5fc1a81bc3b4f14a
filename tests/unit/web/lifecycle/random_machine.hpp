#pragma once

// Random machines of all constructs, from a seed: what a county might write, and what it would not.

#include <random>
#include <string>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::web::lifecycle {

class RandomMachine {
 public:
  explicit RandomMachine(unsigned seed) : random_(seed) {}

  statechart::Definition make() {
    json::OrderedJson machine = state(0, "m");
    machine["id"] = "m";
    fill(machine, "m");
    return statechart::load(machine).value();
  }

 private:
  std::mt19937 random_;
  std::vector<std::string> ids_;

  int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int of) { return up_to(of - 1) == 0; }

  json::OrderedJson state(int depth, std::string const& id) {
    json::OrderedJson made = json::OrderedJson::object();
    ids_.push_back(id);
    if (depth == 0 || (depth < 4 && one_in(3))) {
      bool const parallel = one_in(3);
      int const count = 1 + up_to(4);
      for (int child = 0; child < count; ++child) {
        std::string const key = "s" + std::to_string(child);
        made["states"][key] = state(depth + 1, id + "." + key);
      }
      if (one_in(4) && !parallel)
        made["states"]["h"] = {{"type", "history"}, {"history", one_in(2) ? "deep" : "shallow"}};
      made[parallel ? "type" : "initial"] = parallel ? "parallel" : "s" + std::to_string(up_to(count - 1));
    } else if (one_in(6)) {
      made["type"] = "final";
    }
    if (one_in(3))
      made["meta"] = {{"label", {{"zh", one_in(2) ? "办理中" : "等待上级部门书面答复"}, {"en", "Waiting"}}}};
    return made;
  }

  void fill(json::OrderedJson& state, std::string const& id) {
    bool const has_own = !state.contains("type") || state["type"] == "parallel";
    for (int event = 0; has_own && event < 4; ++event) {
      if (!one_in(2)) continue;
      json::OrderedJson transition = json::OrderedJson::object();
      if (!one_in(5))
        transition["target"] = "#" + ids_[static_cast<std::size_t>(up_to(static_cast<int>(ids_.size()) - 1))];
      if (one_in(2)) transition["actions"] = "act";
      if (one_in(3)) transition["reenter"] = true;
      if (one_in(3))
        transition["meta"] = {{"label", {{"zh", "初审退回并说明理由"}, {"en", "Return with a reason"}}}};
      state["on"]["e" + std::to_string(event)] = transition;
    }
    if (has_own && one_in(8))
      state["after"]["P3D"] = {
          {"target", "#" + ids_[static_cast<std::size_t>(up_to(static_cast<int>(ids_.size()) - 1))]}};
    if (!state.contains("states")) return;
    for (auto& [key, child] : state["states"].items())
      if (child.value("type", "") != "history") fill(child, id + "." + key);
  }
};

}  // namespace xiaohao::web::lifecycle
