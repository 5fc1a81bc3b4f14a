#include "engine/statechart/interpreter.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

namespace xiaohao::statechart {
namespace {

/// Steps without outside event after which a machine is taken to run for ever.
constexpr int microsteps_max = 1000;

using States = std::set<StateIndex>;  // document order

bool matches(std::string_view descriptor, std::string_view event) {
  if (descriptor == event || descriptor == "*") return true;
  if (!descriptor.ends_with(".*")) return false;
  std::string_view const prefix = descriptor.substr(0, descriptor.size() - 2);
  return event == prefix ||
         (event.starts_with(prefix) && event.size() > prefix.size() && event[prefix.size()] == '.');
}

/// The exact descriptor goes first, then the wildcards, the longer before the shorter.
std::vector<Transition const*> candidates_of(State const& state, std::string_view event) {
  std::vector<Transition const*> found;
  for (Transition const& transition : state.on)
    if (transition.event == event) found.push_back(&transition);
  auto const exact = static_cast<std::ptrdiff_t>(found.size());
  for (Transition const& transition : state.on)
    if (transition.event != event && matches(transition.event, event)) found.push_back(&transition);
  std::stable_sort(found.begin() + exact, found.end(), [](Transition const* a, Transition const* b) {
    return a->event.size() > b->event.size();
  });
  return found;
}

class Run {
 public:
  Run(Definition const& definition, Configuration configuration, GuardEvaluator const& guard)
      : definition_(definition),
        guard_(guard),
        active_(configuration.active.begin(), configuration.active.end()) {
    step_.configuration = std::move(configuration);
  }

  Result<Step> begin() {
    States enter{0}, by_default{0};
    add_descendants(0, enter, by_default);
    enter_states(enter, by_default);
    return settle();
  }

  Result<Step> take(std::string const& event) {
    if (step_.configuration.done) return std::move(step_);
    microstep(select(event));
    return settle();
  }

 private:
  Definition const& definition_;
  GuardEvaluator const& guard_;
  States active_;
  Step step_;
  std::deque<std::string> internal_;

  State const& state(StateIndex index) const { return definition_.state(index); }
  bool descends(StateIndex a, StateIndex b) const { return definition_.descends(a, b); }
  bool passes(Transition const& transition) const { return !transition.guard || guard_(*transition.guard); }
  bool any_within(States const& states, StateIndex ancestor) const {
    return std::any_of(states.begin(), states.end(), [&](StateIndex s) { return descends(s, ancestor); });
  }

  /// Runs eventless transitions and internal events until nothing moves.
  Result<Step> settle() {
    bool select_eventless = true;
    for (int count = 0; !step_.configuration.done; ++count) {
      if (count == microsteps_max)
        return refuse(Reason::NotPossible, "",
                      {"状态机在无事件转移中循环不止",
                       "the machine never comes to rest: its eventless transitions go on for ever"});
      std::vector<Transition const*> enabled =
          select_eventless ? this->eventless() : std::vector<Transition const*>{};
      if (enabled.empty()) {
        if (internal_.empty()) break;
        std::string const event = internal_.front();
        internal_.pop_front();
        enabled = select(event);
      }
      select_eventless = microstep(enabled);
    }
    step_.configuration.active.assign(active_.begin(), active_.end());
    return std::move(step_);
  }

  std::vector<Transition const*> select(std::string const& event) const {
    std::vector<Transition const*> found;
    select_in(0, event, found);
    return found;
  }

  /// A state's own transitions count only where nothing inside it takes the event.
  bool select_in(StateIndex index, std::string const& event, std::vector<Transition const*>& found) const {
    bool inside = false;
    for (StateIndex child : state(index).children)
      if (active_.contains(child) && select_in(child, event, found)) inside = true;
    if (inside) return true;
    for (Transition const* transition : candidates_of(state(index), event))
      if (passes(*transition)) {
        found.push_back(transition);
        return true;
      }
    return false;
  }

  std::vector<Transition const*> eventless() const {
    std::vector<Transition const*> found;
    for (StateIndex leaf : active_) {
      if (!state(leaf).is_leaf()) continue;
      Transition const* first = nullptr;
      for (std::optional<StateIndex> at = leaf; at && !first; at = state(*at).parent)
        for (Transition const& transition : state(*at).always)
          if (passes(transition)) {
            first = &transition;
            break;
          }
      if (first && std::find(found.begin(), found.end(), first) == found.end()) found.push_back(first);
    }
    return found;
  }

  std::vector<StateIndex> effective_targets(Transition const& transition) const {
    std::vector<StateIndex> found;
    for (StateIndex target : transition.targets) collect_effective(target, found);
    return found;
  }

  void collect_effective(StateIndex target, std::vector<StateIndex>& found) const {
    if (!state(target).is_history()) {
      if (std::find(found.begin(), found.end(), target) == found.end()) found.push_back(target);
      return;
    }
    auto const remembered = step_.configuration.history.find(target);
    for (StateIndex index :
         remembered != step_.configuration.history.end() ? remembered->second : state(target).initial)
      collect_effective(index, found);
  }

  /// The state within which a transition exits and enters; none: the whole machine, its root included.
  std::optional<StateIndex> domain(Transition const& transition) const {
    std::vector<StateIndex> const targets = effective_targets(transition);
    StateIndex const source = transition.source;
    if (!transition.reenter && std::all_of(targets.begin(), targets.end(),
                                           [&](StateIndex t) { return t == source || descends(t, source); }))
      return source;
    StateIndex const head = targets.empty() ? source : targets.front();
    for (auto ancestor = state(head).parent; ancestor; ancestor = state(*ancestor).parent) {
      bool const common =
          descends(source, *ancestor) &&
          std::all_of(targets.begin(), targets.end(), [&](StateIndex t) { return descends(t, *ancestor); });
      if (common) return ancestor;
    }
    if (transition.reenter) return std::nullopt;
    return StateIndex{0};
  }

  States exit_set(Transition const& transition) const {
    States exits;
    if (transition.targetless || transition.targets.empty()) return exits;
    auto const within = domain(transition);
    if (transition.reenter && within == transition.source) exits.insert(*within);
    for (StateIndex active : active_)
      if (!within || descends(active, *within)) exits.insert(active);
    return exits;
  }

  std::vector<Transition const*> without_conflicts(std::vector<Transition const*> const& enabled) const {
    std::vector<Transition const*> kept;
    for (Transition const* one : enabled) {
      States const exits = exit_set(*one);
      bool preempted = false;
      std::vector<Transition const*> removed;
      for (Transition const* other : kept) {
        States const theirs = exit_set(*other);
        bool const conflict =
            std::any_of(exits.begin(), exits.end(), [&](StateIndex s) { return theirs.contains(s); });
        if (!conflict) continue;
        if (descends(one->source, other->source)) {
          removed.push_back(other);
        } else {
          preempted = true;
          break;
        }
      }
      if (preempted) continue;
      std::erase_if(kept, [&](Transition const* t) {
        return std::find(removed.begin(), removed.end(), t) != removed.end();
      });
      kept.push_back(one);
    }
    return kept;
  }

  /// Whether anything changed, so that eventless transitions are worth another look.
  bool microstep(std::vector<Transition const*> const& enabled) {
    if (enabled.empty()) return false;
    step_.taken = true;
    States const before = active_;
    auto const history_before = step_.configuration.history;
    std::vector<Transition const*> const transitions = without_conflicts(enabled);
    exit_states(transitions);
    for (Transition const* transition : transitions) run(transition->actions);
    States enter, by_default;
    for (Transition const* transition : transitions) add_entries(*transition, enter, by_default);
    enter_states(enter, by_default);
    return active_ != before || step_.configuration.history != history_before;
  }

  void exit_states(std::vector<Transition const*> const& transitions) {
    States exits;
    for (Transition const* transition : transitions) exits.merge(exit_set(*transition));
    for (auto at = exits.rbegin(); at != exits.rend(); ++at)
      for (StateIndex child : state(*at).children)
        if (state(child).is_history()) remember(child, *at);
    for (auto at = exits.rbegin(); at != exits.rend(); ++at) {
      run(state(*at).exit);
      for (DelayedEvent const& delay : state(*at).after) cancel(delay.event);
      active_.erase(*at);
    }
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
      if (deep ? state(active).is_leaf() && descends(active, of) : state(active).parent == of)
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

  void add_entries(Transition const& transition, States& enter, States& by_default) const {
    if (transition.targetless) return;
    auto const within = domain(transition);
    for (StateIndex target : transition.targets) {
      bool const stays = transition.source == target && within == transition.source && !transition.reenter;
      if (!state(target).is_history() && !stays) {
        enter.insert(target);
        by_default.insert(target);
      }
      add_descendants(target, enter, by_default);
    }
    bool const from_root = !state(transition.source).parent && transition.reenter;
    for (StateIndex target : effective_targets(transition)) {
      std::vector<StateIndex> ancestors = ancestors_below(target, within);
      if (within && state(*within).type == StateType::Parallel) ancestors.push_back(*within);
      add_ancestors(ancestors, from_root ? std::nullopt : within, enter, by_default);
    }
  }

  std::vector<StateIndex> ancestors_below(StateIndex of, std::optional<StateIndex> limit) const {
    std::vector<StateIndex> found;
    if (limit == of) return found;
    for (auto at = state(of).parent; at && at != limit; at = state(*at).parent) found.push_back(*at);
    return found;
  }

  void add_ancestors(std::vector<StateIndex> const& ancestors, std::optional<StateIndex> within,
                     States& enter, States& by_default) const {
    for (StateIndex ancestor : ancestors) {
      if (!within || descends(ancestor, *within)) enter.insert(ancestor);
      if (state(ancestor).type == StateType::Parallel)
        add_missing_regions(ancestor, enter, by_default, false);
    }
  }

  void add_missing_regions(StateIndex parallel, States& enter, States& by_default, bool mark_default) const {
    for (StateIndex region : state(parallel).children) {
      if (state(region).is_history() || any_within(enter, region)) continue;
      enter.insert(region);
      if (mark_default) by_default.insert(region);
      add_descendants(region, enter, by_default);
    }
  }

  void add_descendants(StateIndex index, States& enter, States& by_default) const {
    State const& here = state(index);
    if (here.is_history()) {
      auto const remembered = step_.configuration.history.find(index);
      bool const fresh = remembered == step_.configuration.history.end();
      std::vector<StateIndex> const& targets = fresh ? here.initial : remembered->second;
      for (StateIndex target : targets) {
        enter.insert(target);
        if (fresh && state(*here.parent).initial == targets) by_default.insert(*here.parent);
        add_descendants(target, enter, by_default);
      }
      for (StateIndex target : targets)
        add_ancestors(ancestors_below(target, here.parent), std::nullopt, enter, by_default);
    } else if (here.type == StateType::Compound) {
      StateIndex const first = here.initial.front();
      if (!state(first).is_history()) {
        enter.insert(first);
        by_default.insert(first);
      }
      add_descendants(first, enter, by_default);
      add_ancestors(ancestors_below(first, index), std::nullopt, enter, by_default);
    } else if (here.type == StateType::Parallel) {
      add_missing_regions(index, enter, by_default, true);
    }
  }

  void enter_states(States const& enter, States const& by_default) {
    std::set<StateIndex> completed;
    for (StateIndex index : enter) {
      active_.insert(index);
      State const& here = state(index);
      // XState arms a state's delays by raise actions that go before its own entry actions.
      for (DelayedEvent const& delay : here.after) step_.started.push_back(delay);
      run(here.entry);
      if (by_default.contains(index)) run(here.initial_actions);
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
      return std::any_of(here.children.begin(), here.children.end(), [&](StateIndex c) {
        return state(c).type == StateType::Final && active_.contains(c);
      });
    if (here.type == StateType::Parallel)
      return std::all_of(here.children.begin(), here.children.end(),
                         [&](StateIndex c) { return state(c).is_history() || is_complete(c); });
    return here.type == StateType::Final;
  }
};

nlohmann::json value_below(Definition const& definition, Configuration const& configuration,
                           StateIndex index) {
  State const& here = definition.state(index);
  nlohmann::json value = nlohmann::json::object();
  for (StateIndex child : here.children) {
    if (!configuration.contains(child)) continue;
    State const& inner = definition.state(child);
    if (here.type == StateType::Compound && inner.is_leaf()) return inner.key;
    value[inner.key] = value_below(definition, configuration, child);
  }
  return value;
}

}  // namespace

bool Configuration::contains(StateIndex state) const {
  return std::binary_search(active.begin(), active.end(), state);
}

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

nlohmann::json value_of(Definition const& definition, Configuration const& configuration) {
  return value_below(definition, configuration, 0);
}

nlohmann::json to_json(Definition const& definition, Configuration const& configuration) {
  nlohmann::json active = nlohmann::json::array(), history = nlohmann::json::object();
  for (StateIndex index : configuration.active)
    if (definition.state(index).is_leaf()) active.push_back(definition.state(index).id);
  for (auto const& [of, states] : configuration.history)
    for (StateIndex index : states) history[definition.state(of).id].push_back(definition.state(index).id);
  nlohmann::json json{{"active", active}, {"done", configuration.done}};
  if (!history.empty()) json["history"] = history;
  return json;
}

Result<Configuration> from_json(Definition const& definition, nlohmann::json const& document) {
  json::Fields fields(document, "");
  Configuration configuration;
  configuration.done = fields.boolean_or("done", false);
  auto const known = [&](std::string const& id) {
    auto const index = definition.find(id);
    if (!index) fields.fault("active", "the lifecycle has no state " + id);
    return index;
  };
  States active;
  for (std::string const& id : fields.texts("active"))
    for (auto at = known(id); at; at = definition.state(*at).parent) active.insert(*at);
  configuration.active.assign(active.begin(), active.end());
  if (nlohmann::json const* history = fields.optional("history")) {
    json::Fields remembered(*history, "/history");
    for (auto const& [of, states] : history->items())
      if (auto const index = known(of))
        for (std::string const& id : remembered.texts(of))
          if (auto const target = known(id)) configuration.history[*index].push_back(*target);
  }
  if (auto const finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return configuration;
}

}  // namespace xiaohao::statechart
