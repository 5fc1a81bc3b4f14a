#include "engine/statechart/soundness/soundness.hpp"

#include <algorithm>
#include <map>

#include "engine/statechart/soundness/exploration.hpp"
#include "engine/statechart/soundness/property_watch.hpp"

namespace xiaohao::statechart {
namespace {

using soundness::Explored;
using soundness::Trouble;

/// Every transition of a state, in the order of the file but for the eventless ones, which come last.
template <class See>
void for_each_transition(State const& state, See const& see) {
  for (Transition const& transition : state.on) see(transition);
  for (Transition const& transition : state.always) see(transition);
}

void trouble(Definition const& definition, Explored const& explored, std::vector<Flaw>& found) {
  switch (explored.trouble) {
    case Trouble::None:
      return;
    case Trouble::Endless: {
      std::string const path =
          explored.rests.empty() ? "" : soundness::path_to(definition, explored, explored.rests.size() - 1);
      found.push_back(
          {explored.pointer,
           {"无事件转移循环不止" + (explored.cause.empty() ? "" : "（事件 " + explored.cause + " 之后）"),
            "eventless transitions never come to rest" +
                (explored.cause.empty() ? "" : " after the event " + explored.cause) +
                "; let one of them wait for an event"},
           path});
      return;
    }
    case Trouble::TooLarge:
      found.push_back({"",
                       {"状态组合过多，无法逐一证明",
                        "has so many configurations that they are too many to be proved; use fewer parallel "
                        "regions or states"},
                       ""});
      return;
    case Trouble::TooManyGuards:
      found.push_back(
          {"",
           {"事件 " + explored.cause + " 的条件过多",
            "the event " + explored.cause + " asks too many guards to be answered in all ways; use fewer"},
           ""});
      return;
  }
}

void unreached(Definition const& definition, Explored const& explored, std::vector<Flaw>& found) {
  for (StateIndex index = 0; index < definition.states().size(); ++index) {
    State const& state = definition.state(index);
    if (!explored.entered[index]) {
      // What is inside it is not reached either; saying so once is enough.
      if (!state.parent || explored.entered[*state.parent])
        found.push_back(
            {state.pointer,
             {"状态 " + state.key + " 永远到不了",
              "the state " + state.key + " is never reached; let a transition lead to it, or remove it"},
             ""});
      continue;
    }
    for_each_transition(state, [&](Transition const& transition) {
      if (!explored.taken.contains(&transition))
        found.push_back(
            {transition.pointer,
             {"此转移永远不会发生",
              "is never taken: something before it, or inside this state, always takes the event"},
             ""});
    });
  }
}

/// The region of `parallel` that `state` lies in; none when it lies outside.
std::optional<StateIndex> region_of(Definition const& definition, StateIndex parallel, StateIndex state) {
  for (StateIndex const region : definition.state(parallel).children)
    if (region == state || definition.descends(state, region)) return region;
  return std::nullopt;
}

/// A transition from one region into another leaves both and begins all the others anew, which nobody who
/// draws it means.
void across_regions(Definition const& definition, std::vector<Flaw>& found) {
  for (StateIndex parallel = 0; parallel < definition.states().size(); ++parallel) {
    if (definition.state(parallel).type != StateType::Parallel) continue;
    for (StateIndex index = parallel + 1; index < definition.state(parallel).end; ++index)
      for_each_transition(definition.state(index), [&](Transition const& transition) {
        auto const from = region_of(definition, parallel, transition.source);
        for (StateIndex const target : transition.targets)
          if (auto const to = region_of(definition, parallel, target); to && to != from)
            found.push_back(
                {transition.pointer,
                 {"目标在另一并行区域，会使各区域重新开始",
                  "leads into another region of " + definition.state(parallel).key +
                      ", which would begin all its regions anew; let that region take the event itself"},
                 ""});
      });
  }
}

/// The rests from which one of `goals` can be reached, those included.
std::vector<bool> leading_to(Explored const& explored, std::vector<bool> goals) {
  std::vector<std::size_t> open;
  for (std::size_t rest = 0; rest < goals.size(); ++rest)
    if (goals[rest]) open.push_back(rest);
  while (!open.empty()) {
    std::size_t const rest = open.back();
    open.pop_back();
    for (std::size_t const origin : explored.origins[rest])
      if (!goals[origin]) {
        goals[origin] = true;
        open.push_back(origin);
      }
  }
  return goals;
}

bool is_final(Definition const& definition, Configuration const& configuration) {
  return configuration.done ||
         std::any_of(configuration.active.begin(), configuration.active.end(),
                     [&](StateIndex state) { return definition.state(state).type == StateType::Final; });
}

void stuck(Definition const& definition, Explored const& explored, std::vector<Flaw>& found) {
  bool const has_final = std::any_of(definition.states().begin(), definition.states().end(),
                                     [](State const& state) { return state.type == StateType::Final; });
  if (!has_final) {
    found.push_back({"/states",
                     {"没有终态，永远不会结束",
                      "has no final state, so that it never ends; give one state the type final"},
                     ""});
    return;
  }
  std::vector<bool> goals(explored.rests.size());
  for (std::size_t rest = 0; rest < goals.size(); ++rest)
    goals[rest] = is_final(definition, explored.rests[rest].configuration);
  std::vector<bool> const leads = leading_to(explored, std::move(goals));
  auto const first = std::find(leads.begin(), leads.end(), false);
  if (first == leads.end()) return;
  auto const rest = static_cast<std::size_t>(first - leads.begin());
  Configuration const& configuration = explored.rests[rest].configuration;
  StateIndex const innermost = configuration.active.back();
  found.push_back(
      {definition.state(innermost).pointer,
       {"从这里再也到不了终态", "no final state can be reached from here; let a transition lead out"},
       soundness::path_to(definition, explored, rest)});
}

void not_reachable(Definition const& definition, Explored const& explored, Property const& property,
                   std::vector<Flaw>& found) {
  std::vector<bool> const reachable = soundness::states_named(definition, property.reachable);
  std::vector<bool> const unless = soundness::states_named(definition, property.unless);
  std::vector<bool> goals(explored.rests.size());
  for (std::size_t rest = 0; rest < goals.size(); ++rest)
    goals[rest] = soundness::any_active(reachable, explored.rests[rest].configuration);
  std::vector<bool> const leads = leading_to(explored, std::move(goals));
  for (std::size_t rest = 0; rest < leads.size(); ++rest)
    if (!leads[rest] && !soundness::any_active(unless, explored.rests[rest].configuration)) {
      found.push_back({property.pointer,
                       {property.text.zh + "（" + property.id + "）：从这里再也到不了",
                        property.text.en + " (" + property.id + "): it can no longer be reached from here"},
                       soundness::path_to(definition, explored, rest)});
      return;
    }
}

}  // namespace

std::vector<Flaw> flaws(Definition const& definition, std::span<Property const> also) {
  std::vector<Property> properties = definition.properties();
  properties.insert(properties.end(), also.begin(), also.end());
  std::vector<Flaw> found, of_properties = soundness::misnamed(definition, definition.properties());
  soundness::PropertyWatch watch(definition, properties);
  Explored const explored = soundness::explore(
      definition, [&](soundness::Memory memory, soundness::Observation const& seen,
                      std::optional<std::size_t> from) { return watch.see(memory, seen, from); });
  across_regions(definition, found);
  if (found.empty()) trouble(definition, explored, found);
  // What was not looked at cannot be said to be missing; what was seen to break a property does.
  if (found.empty()) {
    unreached(definition, explored, found);
    stuck(definition, explored, found);
    for (Property const& property : properties)
      if (property.kind == PropertyKind::StaysReachable)
        not_reachable(definition, explored, property, of_properties);
  }
  for (Flaw& flaw : watch.broken(explored)) of_properties.push_back(std::move(flaw));
  found.insert(found.end(), std::make_move_iterator(of_properties.begin()),
               std::make_move_iterator(of_properties.end()));
  return found;
}

Result<void> refused_for(std::vector<Flaw> const& flaws) {
  if (flaws.empty()) return {};
  Refusal refusal{Reason::Malformed, {}};
  for (Flaw const& flaw : flaws) {
    Fault fault{flaw.pointer, flaw.detail};
    if (!flaw.path.empty()) {
      fault.detail.zh += "；路径：" + flaw.path;
      fault.detail.en += "; path: " + flaw.path;
    }
    refusal.faults.push_back(std::move(fault));
  }
  return tl::unexpected(std::move(refusal));
}

}  // namespace xiaohao::statechart
