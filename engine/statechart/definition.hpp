#pragma once

// A statechart as data: XState v5's machine JSON, as far as it needs no JavaScript.
//
//     Definition machine = load(json).value();          // checked, resolved, immutable, cheap to copy
//     Step first = initial(machine, guards).value();    // interpreter.hpp
//
// Everything in a file is understood or refused, with its JSON Pointer; nothing is ignored.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/model/time.hpp"
#include "engine/statechart/call.hpp"
#include "engine/statechart/property.hpp"

namespace xiaohao::statechart {

enum class StateType { Atomic, Compound, Parallel, Final, ShallowHistory, DeepHistory };

/// How long an `after` waits: a fixed time, or a name that the caller resolves from the item's schedule.
using Delay = std::variant<Duration, std::string>;

using StateIndex = std::size_t;  ///< a state's place in document order; the root is 0

struct Transition {
  StateIndex source = 0;
  std::string event;  ///< the descriptor: `accept`, `a.*`, `*`; empty for `always`
  bool targetless = true;
  std::vector<StateIndex> targets;
  std::optional<Call> guard;
  std::vector<Call> actions;
  bool reenter = false;
  nlohmann::json meta;
  std::string pointer;  ///< where it stands in the file
};

struct DelayedEvent {
  std::string event;  ///< `xstate.after.DELAY.STATE`
  Delay delay;
};

struct State {
  std::string id;  ///< `machine.region.state`, or the one it is given
  std::string key;
  std::optional<StateIndex> parent;
  StateType type = StateType::Atomic;
  bool numbered = false;          ///< its key is a whole number, which JavaScript puts before names
  bool inherits_initial = false;  ///< a history state without a default of its own, in a compound state
  bool has_wildcards = false;     ///< some descriptor of `on` ends in `*`
  StateIndex end = 0;  ///< one past its last descendant: they are the states from its own index to here
  std::vector<StateIndex> children;  ///< in document order, history included
  std::vector<StateIndex> initial;   ///< of a compound state: one; of a history state: its default targets
  std::vector<Call> initial_actions;
  std::vector<Call> entry;
  std::vector<Call> exit;
  std::vector<Transition> on;  ///< named events, delays and completion, in document order
  std::vector<Transition> always;
  std::vector<DelayedEvent> after;
  std::vector<std::string> tags;
  nlohmann::json meta;
  std::string pointer;  ///< where it stands in the file

  bool is_history() const { return type == StateType::ShallowHistory || type == StateType::DeepHistory; }
  bool is_leaf() const { return type == StateType::Atomic || type == StateType::Final; }
};

class Definition {
 public:
  std::string const& id() const { return states().front().id; }
  std::string const& version() const { return data_->version; }  ///< as the file gives it; may be empty
  std::string name() const { return id() + "/" + version(); }    ///< what an item says it runs
  std::vector<Property> const& properties() const& { return data_->properties; }
  std::vector<Property> const& properties() && = delete;
  std::vector<State> const& states() const& { return data_->states; }
  std::vector<State> const& states() && = delete;  // they go with the last copy of the definition
  State const& state(StateIndex index) const { return data_->states[index]; }
  std::optional<StateIndex> find(std::string_view id) const;
  bool has_eventless() const { return data_->has_eventless; }  ///< some state has `always`
  nlohmann::json const& meta() const { return states().front().meta; }
  bool descends(StateIndex state, StateIndex ancestor) const {  ///< properly
    return ancestor < state && state < data_->states[ancestor].end;
  }

 private:
  struct Data {
    std::vector<State> states;
    std::unordered_map<std::string, StateIndex> by_id;
    std::string version;
    std::vector<Property> properties;
    bool has_eventless = false;
  };
  std::shared_ptr<Data const> data_;
  friend class Loader;
};

/// Bounds on a machine: enough for any procedure, and little enough to be read within a second.
inline constexpr std::size_t states_max = 10'000;
inline constexpr json::Limits machine_limits{.bytes_max = 8 << 20, .depth_max = 300};

/// Refuses every fault it finds at once: unknown fields, wrong types, targets that are not there, ids that
/// stand twice.
Result<Definition> load(json::OrderedJson const& machine);

}  // namespace xiaohao::statechart
