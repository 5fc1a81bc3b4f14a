#include "engine/migration/conditions.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "engine/json/document.hpp"
#include "engine/statechart/interpreter.hpp"

namespace xiaohao::migration {
namespace {

using statechart::Call;
using statechart::Configuration;
using statechart::Definition;
using statechart::StateIndex;
using statechart::Step;

/// Guards that one event may ask: beyond these, all answer alike.
constexpr std::size_t guards_asked_max = 8;

bool begins_anew(Step const& step) {
  return std::any_of(step.actions.begin(), step.actions.end(), [](Call const& action) {
    return action.name == "record_return" || action.name == "begin_next_cycle";
  });
}

Conditions met_by(Step const& step) {
  Conditions met;
  for (statechart::Transition const* transition : step.transitions)
    if (transition->guard) met.insert(transition->guard->name);
  for (Call const& action : step.actions) met.insert("action:" + action.name);
  return met;
}

Conditions both(Conditions const& a, Conditions const& b) {
  Conditions common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(common, common.end()));
  return common;
}

/// Every step that `event` can be, whatever the guards answer.
std::vector<Step> steps_of(Definition const& lifecycle, Configuration const& from, std::string const& event) {
  std::vector<Step> steps;
  std::vector<std::string> asked;
  for (std::size_t answers = 0; answers < (std::size_t{1} << asked.size()); ++answers) {
    auto const guard = [&](Call const& call) {
      auto const known = std::find(asked.begin(), asked.end(), call.name);
      auto const place = static_cast<std::size_t>(known - asked.begin());
      if (known == asked.end() && asked.size() < guards_asked_max) asked.push_back(call.name);
      return place < guards_asked_max && (answers >> place & 1) != 0;
    };
    if (auto step = statechart::step(lifecycle, from, event, guard); step && step->taken)
      steps.push_back(std::move(*step));
  }
  return steps;
}

class Walk {
 public:
  explicit Walk(Definition const& lifecycle) : lifecycle_(lifecycle) {}

  Result<std::vector<std::optional<Conditions>>> run() {
    auto const first = statechart::initial(lifecycle_, [](Call const&) { return false; });
    if (!first) return tl::unexpected(first.error());
    reach(first->configuration, {});
    while (!waiting_.empty()) {
      Configuration const from = waiting_.front();
      waiting_.pop_front();
      if (known_.size() > ConditionsBehind::configurations_max)
        return refuse(
            Reason::TooLarge, "",
            {"生命周期过大，无法核对迁移", "the lifecycle has too many configurations to check a migration"});
      Conditions const behind = known_.at(key(from));
      for (std::string const& event : events_of(from))
        for (Step const& step : steps_of(lifecycle_, from, event)) {
          Conditions after = begins_anew(step) ? Conditions{} : behind;
          if (!begins_anew(step)) after.merge(met_by(step));
          reach(step.configuration, std::move(after));
        }
    }
    std::vector<std::optional<Conditions>> of_states(lifecycle_.states().size());
    for (auto const& [active, behind] : known_)
      for (StateIndex const index : active.first) {
        auto& of_state = of_states[index];
        of_state = of_state ? both(*of_state, behind) : behind;
      }
    return of_states;
  }

 private:
  using Key = std::pair<std::vector<StateIndex>, std::map<StateIndex, std::vector<StateIndex>>>;
  Definition const& lifecycle_;
  std::map<Key, Conditions> known_;
  std::deque<Configuration> waiting_;

  static Key key(Configuration const& configuration) { return {configuration.active, configuration.history}; }

  /// Looks at a configuration again when some path brings less to it than was known.
  void reach(Configuration const& configuration, Conditions behind) {
    auto const [at, fresh] = known_.emplace(key(configuration), behind);
    if (!fresh) {
      Conditions less = both(at->second, behind);
      if (less == at->second) return;
      at->second = std::move(less);
    }
    waiting_.push_back(configuration);
  }

  std::set<std::string> events_of(Configuration const& from) const {
    std::set<std::string> events;
    for (StateIndex const index : from.active)
      for (statechart::Transition const& transition : lifecycle_.state(index).on)
        events.insert(transition.event);
    return events;
  }
};

}  // namespace

Result<ConditionsBehind> ConditionsBehind::of(Definition const& lifecycle) {
  return Walk(lifecycle).run().map([](std::vector<std::optional<Conditions>> behind) {
    ConditionsBehind conditions;
    conditions.behind_ = std::move(behind);
    return conditions;
  });
}

Conditions ConditionsBehind::behind(StateIndex state) const { return behind_[state].value_or(Conditions{}); }

Conditions ConditionsBehind::behind(std::vector<StateIndex> const& active) const {
  Conditions all;
  for (StateIndex const index : active) all.merge(behind(index));
  return all;
}

}  // namespace xiaohao::migration
