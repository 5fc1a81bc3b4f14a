#include "engine/statechart/soundness/exploration.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace xiaohao::statechart::soundness {
namespace {

constexpr std::string_view after_prefix = "xstate.after.";
constexpr std::string_view done_prefix = "xstate.done.";

/// An event that no descriptor names, for the wildcards.
constexpr std::string_view unnamed = "(other)";

struct Cause {
  std::string event;
  std::string delay;
  std::string shown() const { return delay.empty() ? event : "after " + delay; }
};

/// The delay as `after` writes it, from its event `xstate.after.DELAY.STATE`.
std::string delay_of(std::string const& event, State const& state) {
  return event.substr(after_prefix.size(), event.size() - after_prefix.size() - state.id.size() - 1);
}

/// What could happen in `from`: every event that an active state names, one that none names where there are
/// wildcards, and the delays of active states. Completion is the machine's own doing.
std::vector<Cause> causes(Definition const& definition, Configuration const& from) {
  std::vector<Cause> found;
  std::unordered_set<std::string> known;
  for (StateIndex index : from.active) {
    State const& state = definition.state(index);
    for (Transition const& transition : state.on) {
      std::string event = transition.event;
      if (event.starts_with(done_prefix)) continue;
      std::string delay;
      if (event.starts_with(after_prefix)) {
        delay = delay_of(event, state);
      } else if (event == "*") {
        event = unnamed;
      } else if (event.ends_with(".*")) {
        event.replace(event.size() - 1, 1, unnamed);
      }
      if (known.insert(event).second) found.push_back({std::move(event), std::move(delay)});
    }
  }
  return found;
}

std::string key_of(Configuration const& configuration, Memory memory) {
  std::string key = std::to_string(memory) + (configuration.done ? "!" : ":");
  auto const add = [&key](auto const& states) {
    for (StateIndex state : states) key += std::to_string(state) + ",";
    key += ";";
  };
  add(configuration.active);
  add(configuration.entered);
  for (auto const& [history, states] : configuration.history) {
    key += std::to_string(history) + "=";
    add(states);
  }
  return key;
}

/// Answers guards, and remembers which were asked: the same guard has one answer within a step.
class Answers {
 public:
  bool operator()(Call const& guard) {
    auto const [known, is_new] = known_.emplace(guard.name + guard.params.dump(), true);
    if (is_new) asked_.push_back(known);
    return known->second;
  }
  /// Turns to the next way of answering; false: there is none.
  bool next() {
    while (!asked_.empty() && !asked_.back()->second) {
      known_.erase(asked_.back());
      asked_.pop_back();
    }
    if (asked_.empty()) return false;
    asked_.back()->second = false;
    return true;
  }

 private:
  std::map<std::string, bool> known_;
  std::vector<std::map<std::string, bool>::iterator> asked_;
};

class Explorer {
 public:
  Explorer(Definition const& definition, Watch const& watch) : definition_(definition), watch_(watch) {
    found_.entered.resize(definition.states().size());
  }

  Explored run() {
    begin();
    for (std::size_t rest = 0; rest < found_.rests.size() && found_.trouble == Trouble::None; ++rest) {
      if (found_.rests[rest].configuration.done) continue;
      for (Cause const& cause : causes(definition_, found_.rests[rest].configuration)) {
        take(rest, cause);
        if (found_.trouble != Trouble::None) break;
      }
    }
    return std::move(found_);
  }

 private:
  Definition const& definition_;
  Watch const& watch_;
  Explored found_;
  std::unordered_map<std::string, std::size_t> places_;
  std::size_t effort_ = 0;

  /// Runs `attempt` once for every way in which the guards it asks can be answered.
  template <class Attempt>
  void in_all_ways(std::string const& cause, std::size_t effort, Attempt const& attempt) {
    Answers answers;
    GuardEvaluator const guard = [&answers](Call const& call) { return answers(call); };
    std::size_t ways = 0;
    do {
      if (++ways > answers_max) return stop(Trouble::TooManyGuards, cause);
      if ((effort_ += effort) > effort_max) return stop(Trouble::TooLarge, cause);
      if (!attempt(guard)) return;
    } while (answers.next());
  }

  void begin() {
    static std::vector<StateIndex> const nothing;
    in_all_ways("", 1, [&](GuardEvaluator const& guard) {
      Result<Step> const step = initial(definition_, guard);
      if (!step) return stop(Trouble::Endless, "", step.error().first().pointer), false;
      note({"", "", nothing, *step}, std::nullopt, {});
      return true;
    });
  }

  void take(std::size_t from, Cause const& cause) {
    Configuration const before = found_.rests[from].configuration;
    in_all_ways(cause.shown(), before.active.size(), [&](GuardEvaluator const& guard) {
      Result<Step> const step = statechart::step(definition_, before, cause.event, guard);
      if (!step) {
        // The last rest is where it happens, for the path.
        found_.rests.push_back(found_.rests[from]);
        found_.origins.emplace_back();
        return stop(Trouble::Endless, cause.shown(), step.error().first().pointer), false;
      }
      if (step->taken) note({cause.event, cause.delay, before.active, *step}, from, cause.shown());
      return true;
    });
  }

  void stop(Trouble trouble, std::string cause, std::string pointer = {}) {
    found_.trouble = trouble;
    found_.cause = std::move(cause);
    found_.pointer = std::move(pointer);
  }

  void note(Observation const& seen, std::optional<std::size_t> from, std::string cause) {
    Memory const memory = watch_(from ? found_.rests[*from].memory : 0, seen, from);
    enter(seen.step.configuration.active);
    for (Transition const* transition : seen.step.transitions) {
      found_.taken.insert(transition);
      enter_with_ancestors(transition->source);
      for (StateIndex target : transition->targets) enter_with_ancestors(target);
    }
    auto const [place, is_new] =
        places_.emplace(key_of(seen.step.configuration, memory), found_.rests.size());
    if (is_new) {
      if (found_.rests.size() == rests_max) return stop(Trouble::TooLarge, std::move(cause));
      found_.rests.push_back({seen.step.configuration, memory, from, std::move(cause)});
      found_.origins.emplace_back();
    }
    if (from) found_.origins[place->second].push_back(*from);
  }

  void enter(std::vector<StateIndex> const& states) {
    for (StateIndex state : states) found_.entered[state] = true;
  }
  /// States that are left within the same step are never seen at rest.
  void enter_with_ancestors(StateIndex state) {
    for (std::optional<StateIndex> at = state; at && !found_.entered[*at]; at = definition_.state(*at).parent)
      found_.entered[*at] = true;
  }
};

}  // namespace

Explored explore(Definition const& definition, Watch const& watch) {
  return Explorer(definition, watch).run();
}

std::string shown(Definition const& definition, Configuration const& configuration) {
  std::string text;
  for (StateIndex index : configuration.active)
    if (definition.state(index).is_leaf()) text += (text.empty() ? "" : ", ") + definition.state(index).key;
  return text;
}

std::string path_to(Definition const& definition, Explored const& explored, std::size_t rest) {
  std::vector<std::size_t> way;
  for (std::optional<std::size_t> at = rest; at; at = explored.rests[*at].from) way.push_back(*at);
  std::string text = shown(definition, explored.rests[way.back()].configuration);
  for (auto at = way.rbegin() + 1; at != way.rend(); ++at)
    text += " —" + explored.rests[*at].cause + "→ " + shown(definition, explored.rests[*at].configuration);
  return text;
}

}  // namespace xiaohao::statechart::soundness
