#pragma once

// A machine that runs, and unrolls its statechart into a table on the way: what an event does in a
// configuration is worked out once by the interpreter, for each way in which the guards that it asks answer.
// From then on it is looked up; no string is compared and no memory taken.
//
//     Unrolled machine(definition);
//     machine.begin(guard);
//     auto const accept = machine.event("accept");
//     Turn const& turn = machine.send(accept, guard);   // the interpreter's Step, and where it led
//
// A guard answers alike within a step, and may be asked again while the step is worked out. For one thread.

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/statechart/interpreter.hpp"

namespace xiaohao::statechart {

/// What one event did: the step, or the refusal of a machine that never comes to rest, which stays where it
/// was.
using Turn = Result<Step>;

class Unrolled {
 public:
  using EventIndex = std::size_t;

  /// Beyond `nodes_max` the table is forgotten and begun anew, so that a machine of very many configurations
  /// stays small.
  explicit Unrolled(Definition definition, std::size_t nodes_max = 50'000)
      : definition_(std::move(definition)), nodes_max_(nodes_max) {}

  /// Takes the machine's first configuration. Asked before anything else.
  Turn begin(GuardEvaluator const& guard);

  /// The number of an event, by which it is sent; any text is one.
  EventIndex event(std::string const& name);

  /// What `event` does. The answer lasts until the next is asked for.
  Turn const& send(EventIndex event, GuardEvaluator const& guard) {
    Node* node = event < at_->by_event.size() ? at_->by_event[event] : nullptr;
    while (node && node->asked) node = node->answers[guard(*node->asked) ? 1 : 0];
    if (!node) node = &work_out(event, guard);
    at_ = node->to;
    return node->turn;
  }

  Definition const& definition() const { return definition_; }
  Configuration const& configuration() const { return at_->configuration; }

 private:
  struct Node;
  struct Place {
    Configuration configuration;
    std::vector<Node*> by_event;  // null: not worked out yet
  };
  /// A guard to ask, or when there is none to ask any more, what follows.
  struct Node {
    Call const* asked = nullptr;
    Node* answers[2] = {nullptr, nullptr};
    Place* to = nullptr;
    Turn turn;
  };
  using Key = std::tuple<std::vector<StateIndex>, std::map<StateIndex, std::vector<StateIndex>>, bool,
                         std::vector<StateIndex>>;

  Definition definition_;
  std::size_t nodes_max_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, EventIndex> events_;
  std::map<Key, Place> places_;
  std::deque<Node> nodes_;
  Place* at_ = nullptr;

  Place* place(Configuration const& configuration);
  Node& work_out(EventIndex event, GuardEvaluator const& guard);
};

}  // namespace xiaohao::statechart
