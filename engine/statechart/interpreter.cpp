#include "engine/statechart/interpreter.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

#include "engine/statechart/state_set.hpp"
#include "engine/statechart/transition_sets.hpp"

namespace xiaohao::statechart {
namespace {

class Run {
 public:
  Run(Definition const& definition, Configuration configuration, GuardEvaluator const& guard)
      : definition_(definition), guard_(guard), active_(std::move(configuration.active)) {
    order_ = std::move(configuration.entered);
    for (StateIndex index : active_)
      if (order_.size() < active_.sorted().size() &&
          std::find(order_.begin(), order_.end(), index) == order_.end())
        order_.push_back(index);
    step_.configuration.history = std::move(configuration.history);
    step_.configuration.done = configuration.done;
  }

  Result<Step> begin() {
    enter_states(TransitionSets(definition_, active_, history()).initial_entries());
    return settle();
  }

  Result<Step> take(std::string const& event) {
    if (!step_.configuration.done) {
      microstep(select(definition_, active_, order_, event, guard_));
      return settle();
    }
    keep_configuration();
    return std::move(step_);
  }

 private:
  Definition const& definition_;
  GuardEvaluator const& guard_;
  StateSet active_;
  std::vector<StateIndex> order_;  // all active states, in the order they were entered
  Step step_;
  std::deque<std::string> internal_;

  State const& state(StateIndex index) const { return definition_.state(index); }
  History const& history() const { return step_.configuration.history; }

  /// Runs eventless transitions and internal events until nothing moves. Eventless ones are looked for again
  /// after every event, but after an eventless step only when it changed something.
  Result<Step> settle() {
    bool look_for_eventless = true;
    for (int count = 0; !step_.configuration.done; ++count) {
      if (count == microsteps_max)
        return refuse(Reason::NotPossible, going_round(),
                      {"状态机在无事件转移中循环不止",
                       "the machine never comes to rest: its eventless transitions go on for ever"});
      auto const eventless = look_for_eventless ? select_eventless(definition_, order_, guard_)
                                                : std::vector<Transition const*>{};
      if (!eventless.empty()) {
        look_for_eventless = microstep(eventless);
        continue;
      }
      if (internal_.empty()) break;
      std::string const event = internal_.front();
      internal_.pop_front();
      microstep(select(definition_, active_, order_, event, guard_));
      look_for_eventless = true;
    }
    keep_configuration();
    return std::move(step_);
  }

  /// Where the first of the transitions stands that the machine takes over and over; nowhere when it only
  /// raises more events than anybody takes.
  std::string going_round() const {
    auto const& all = step_.transitions;
    auto const late =
        all.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(all.size(), microsteps_max / 2));
    auto const first = std::min_element(
        late, all.end(), [](Transition const* a, Transition const* b) { return a->source < b->source; });
    return first == all.end() ? std::string() : (*first)->pointer;
  }

  void keep_configuration() {
    std::vector<StateIndex>& entered = step_.configuration.entered;
    for (StateIndex index : order_)
      if (definition_.has_eventless() || is_region(index)) entered.push_back(index);
    if (std::is_sorted(entered.begin(), entered.end())) entered.clear();
    step_.configuration.active = active_.sorted();
  }

  bool is_region(StateIndex index) const {
    auto const parent = state(index).parent;
    return parent && state(*parent).type == StateType::Parallel;
  }

  /// Whether anything changed: the states, or what history remembers.
  bool microstep(std::vector<Transition const*> const& enabled) {
    if (enabled.empty()) return false;
    step_.taken = true;
    StateSet const before = active_;
    std::vector<StateIndex> const order_before = order_;
    TransitionSets const sets(definition_, active_, history());
    std::vector<Transition const*> const transitions = sets.without_conflicts(enabled);
    step_.transitions.insert(step_.transitions.end(), transitions.begin(), transitions.end());
    auto const domains = sets.domains(transitions);
    bool const remembered = exit_states(sets.exits(transitions));
    for (Transition const* transition : transitions) run(transition->actions);
    enter_states(sets.entries(transitions, domains));
    if (remembered || !(active_ == before)) return true;
    order_ = order_before;  // as if nobody had moved
    return false;
  }

  bool exit_states(StateSet const& exits) {
    bool remembered = false;
    for (auto at = exits.rbegin(); at != exits.rend(); ++at)
      for (StateIndex child : state(*at).children)
        if (state(child).is_history()) {
          remember(child, *at);
          remembered = true;
        }
    for (auto at = exits.rbegin(); at != exits.rend(); ++at) {
      run(state(*at).exit);
      for (DelayedEvent const& delay : state(*at).after) cancel(delay.event);
      active_.erase(*at);
    }
    std::erase_if(order_, [&](StateIndex index) { return exits.contains(index); });
    return remembered;
  }

  /// A delay that was started within the same step leaves no trace.
  void cancel(std::string const& event) {
    auto const same = [&](DelayedEvent const& delay) { return delay.event == event; };
    auto const started = std::find_if(step_.started.begin(), step_.started.end(), same);
    if (started != step_.started.end()) step_.started.erase(started);
    step_.cancelled.push_back(event);
  }

  void remember(StateIndex history, StateIndex of) {
    std::vector<StateIndex> remembered;
    bool const deep = state(history).type == StateType::DeepHistory;
    for (StateIndex active : active_)
      if (deep ? state(active).is_leaf() && definition_.descends(active, of) : state(active).parent == of)
        remembered.push_back(active);
    step_.configuration.history[history] = std::move(remembered);
  }

  void run(std::vector<Call> const& actions) {
    for (Call const& action : actions) {
      if (action.name == "xstate.raise")
        internal_.push_back(action.params.at("event").get<std::string>());
      else
        step_.actions.push_back(action);
    }
  }

  void enter_states(EntrySet const& enter) {
    std::set<StateIndex> completed;
    for (StateIndex index : enter.states) {
      if (active_.insert(index)) order_.push_back(index);
      State const& here = state(index);
      for (DelayedEvent const& delay : here.after) step_.started.push_back(delay);
      run(here.entry);
      if (enter.by_default.contains(index)) run(here.initial_actions);
      if (here.type == StateType::Final) complete(here, completed);
    }
    // A machine that is done leaves all its states, although its value still names them.
    if (step_.configuration.done)
      for (auto at = active_.rbegin(); at != active_.rend(); ++at) run(state(*at).exit);
  }

  void complete(State const& final_state, std::set<StateIndex>& completed) {
    auto const parent = final_state.parent;
    std::optional<StateIndex> above =
        parent && state(*parent).type != StateType::Parallel ? state(*parent).parent : parent;
    if (parent && state(*parent).type == StateType::Compound)
      internal_.push_back("xstate.done.state." + state(*parent).id);
    while (above && state(*above).type == StateType::Parallel && !completed.contains(*above) &&
           is_complete(*above)) {
      completed.insert(*above);
      internal_.push_back("xstate.done.state." + state(*above).id);
      above = state(*above).parent;
    }
    if (!above) step_.configuration.done = true;
  }

  bool is_complete(StateIndex index) const {
    State const& here = state(index);
    if (here.type == StateType::Compound)
      return std::any_of(here.children.begin(), here.children.end(), [&](StateIndex child) {
        return state(child).type == StateType::Final && active_.contains(child);
      });
    if (here.type == StateType::Parallel)
      return std::all_of(here.children.begin(), here.children.end(),
                         [&](StateIndex child) { return state(child).is_history() || is_complete(child); });
    return here.type == StateType::Final;
  }
};

}  // namespace

Result<Step> initial(Definition const& definition, GuardEvaluator const& guard) {
  return Run(definition, {}, guard).begin();
}

Result<Step> step(Definition const& definition, Configuration const& from, std::string const& event,
                  GuardEvaluator const& guard) {
  return Run(definition, from, guard).take(event);
}

std::vector<Transition const*> candidates(Definition const& definition, Configuration const& from,
                                          std::string const& event) {
  std::vector<Transition const*> found;
  for (auto at = from.active.rbegin(); at != from.active.rend(); ++at)
    for (Transition const* transition : candidates_of(definition.state(*at), event))
      found.push_back(transition);
  return found;
}

}  // namespace xiaohao::statechart
