#include "engine/migration/migration.hpp"

#include <algorithm>

#include "engine/decision/actions.hpp"
#include "engine/decision/delays.hpp"
#include "engine/decision/guards.hpp"
#include "engine/decision/placement.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/statechart/state_set.hpp"

namespace xiaohao::migration {
namespace {

using Json = nlohmann::json;
using statechart::Configuration;
using statechart::Definition;
using statechart::State;
using statechart::StateIndex;
using statechart::StateSet;
using statechart::StateType;

constexpr char const* application = "action:freeze_application";

tl::unexpected<Refusal> cannot(std::string zh, std::string en) {
  return refuse(Reason::NotPossible, "", {std::move(zh), std::move(en)});
}

/// A place that only the lifecycle itself may bring an item to.
bool ends(Definition const& lifecycle, StateIndex index) {
  for (std::optional<StateIndex> at = index; at; at = lifecycle.state(*at).parent) {
    auto const& tags = lifecycle.state(*at).tags;
    for (char const* tag : {"closed", "cancelled"})
      if (std::find(tags.begin(), tags.end(), tag) != tags.end()) return true;
  }
  auto const parent = lifecycle.state(index).parent;
  return lifecycle.state(index).type == StateType::Final && parent == StateIndex{0};
}

std::string versionless(std::string const& name) { return name.substr(0, name.rfind('/')); }

/// Every region that a parallel state lacks begins at its first state.
void fill_regions(Definition const& lifecycle, StateIndex index, StateSet& active) {
  State const& here = lifecycle.state(index);
  for (StateIndex const child : here.children) {
    if (lifecycle.state(child).is_history()) continue;
    if (here.type == StateType::Parallel && active.insert(child)) {
      for (StateIndex at = child; lifecycle.state(at).type == StateType::Compound;) {
        at = lifecycle.state(at).initial.front();
        while (lifecycle.state(at).is_history()) at = lifecycle.state(at).initial.front();
        active.insert(at);
      }
    }
    if (active.contains(child)) fill_regions(lifecycle, child, active);
  }
}

std::vector<StateIndex> leaves_of(Definition const& lifecycle, std::vector<StateIndex> const& active) {
  std::vector<StateIndex> leaves;
  for (StateIndex const index : active)
    if (lifecycle.state(index).is_leaf()) leaves.push_back(index);
  return leaves;
}

std::vector<Fault> faults_of(Mapping const& mapping, Definition const& from, Definition const& to) {
  std::vector<Fault> faults;
  for (auto const& [state, target] : mapping.states) {
    std::string const pointer = json::join_pointer("/states", state);
    auto const source = from.find(state);
    if (!source || !from.state(*source).is_leaf())
      faults.push_back({pointer,
                        {mapping.from + " 没有可停留的状态 " + state,
                         "is not a state of " + mapping.from + " in which an item can rest"}});
    else if (ends(from, *source))
      faults.push_back({pointer,
                        {"已销号或终止的事项不迁移",
                         "closed and cancelled items keep the version that they ended under"}});
    if (!target) continue;
    auto const found = to.find(*target);
    if (!found || !to.state(*found).is_leaf())
      faults.push_back(
          {pointer,
           {mapping.to + " 没有可停留的状态 " + *target,
            "\"" + *target + "\" is not a state of " + mapping.to + " in which an item can rest"}});
    else if (ends(to, *found))
      faults.push_back({pointer,
                        {"不得以对应表销号或终止事项",
                         "\"" + *target + "\" is closed, cancelled or final; no mapping closes an item"}});
  }
  return faults;
}

}  // namespace

Result<Migration> Migration::prepare(decision::Rules const& rules, Mapping mapping) {
  auto const known = [&](std::string const& name, char const* pointer) -> Result<Definition> {
    if (Definition const* const found = rules.lifecycle(name)) return *found;
    return refuse(Reason::Malformed, pointer,
                  {"没有生命周期 " + name, "there is no lifecycle " + name + "; name one by id and version"});
  };
  Result<Definition> const from = known(mapping.from, "/from");
  if (!from) return tl::unexpected(from.error());
  Result<Definition> const to = known(mapping.to, "/to");
  if (!to) return tl::unexpected(to.error());
  if (versionless(mapping.from) != versionless(mapping.to))
    return refuse(Reason::Malformed, "/to",
                  {"须为同一生命周期的另一版本", "must be another version of the lifecycle " + from->id()});
  if (std::vector<Fault> faults = faults_of(mapping, *from, *to); !faults.empty())
    return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  Result<ConditionsBehind> before = ConditionsBehind::of(*from);
  if (!before) return tl::unexpected(before.error());
  Result<ConditionsBehind> after = ConditionsBehind::of(*to);
  if (!after) return tl::unexpected(after.error());
  return Migration(*from, *to, std::move(mapping), std::move(*before), std::move(*after));
}

Result<std::vector<StateIndex>> Migration::targets_of(std::vector<StateIndex> const& states) const {
  std::vector<StateIndex> targets;
  for (StateIndex const index : states) {
    std::string const& id = from_.state(index).id;
    auto const named = mapping_.states.find(id);
    if (named != mapping_.states.end() && !named->second) continue;
    std::string const& target = named == mapping_.states.end() ? id : *named->second;
    auto const found = to_.find(target);
    if (!found || to_.state(*found).is_history())
      return cannot(mapping_.to + " 没有状态 " + id + "，对应表也未说明去向",
                    mapping_.to + " has no state " + id + ", and the mapping does not say where it goes");
    targets.push_back(*found);
  }
  return targets;
}

Result<Configuration> Migration::place_in_new(Configuration const& old) const {
  auto const targets = targets_of(leaves_of(from_, old.active));
  if (!targets) return tl::unexpected(targets.error());
  StateSet active{0};
  for (StateIndex const target : *targets)
    for (std::optional<StateIndex> at = target; at; at = to_.state(*at).parent) active.insert(*at);
  fill_regions(to_, 0, active);
  Configuration placed;
  placed.active = active.sorted();
  for (auto const& [history, remembered] : old.history) {
    auto const same = to_.find(from_.state(history).id);
    if (!same || !to_.state(*same).is_history()) continue;  // what remembered is gone, and so is what it knew
    auto states = targets_of(remembered);
    if (!states) return tl::unexpected(states.error());
    placed.history[*same] = std::move(*states);
  }
  // Read back as if from the store: what is not one of the new version's configurations is refused.
  auto read = statechart::from_json(to_, statechart::to_json(to_, placed));
  if (!read)
    return cannot(mapping_.to + " 不能如此停留：" + read.error().first().detail.zh,
                  mapping_.to + " cannot rest like that: " + read.error().first().detail.en);
  return read;
}

Result<void> Migration::check_conditions(Configuration const& old, Configuration const& placed,
                                         ItemStatus const& status) const {
  for (StateIndex const index : placed.active)
    if (ends(to_, index))
      return cannot("不得以迁移销号或终止事项", to_.state(index).id + " is closed, cancelled or final in " +
                                                    mapping_.to + "; no mapping closes an item");
  Conditions const met = before_.behind(old.active);
  for (StateIndex const index : placed.active)
    for (std::string const& condition : after_.behind(index)) {
      if (condition == application && !status.applied_at)
        return cannot("尚未申请销号，不能进入 " + to_.state(index).id,
                      "nobody has applied for its close-out, which lies behind " + to_.state(index).id);
      decision::Guard const* const guard = decision::guard_named(condition);
      if (condition.starts_with("action:") || met.contains(condition)) continue;
      return cannot(to_.state(index).id + " 之前须满足：" + (guard ? guard->meaning.zh : condition) +
                        "；请对应到此条件之前的状态",
                    "behind " + to_.state(index).id + " lies " + condition +
                        (guard ? " (" + guard->meaning.en + ")" : "") +
                        ", which the item has not passed; map it to a state before that");
    }
  return {};
}

Result<decision::Decision> Migration::move(WorkItem const& item, decision::Rules const& rules,
                                           Actor const& actor, Instant now) const {
  ItemStatus const& status = item.status;
  if (status.lifecycle != mapping_.from)
    return cannot("事项不按 " + mapping_.from + " 运行", "the item runs " + status.lifecycle);
  if (!status.open())
    return cannot("已销号或终止的事项不迁移",
                  "closed and cancelled items keep the version that they ended under");
  auto const old = Json::parse(status.configuration);
  auto const before = statechart::from_json(from_, old);
  if (!before) return tl::unexpected(before.error());
  auto const placed = place_in_new(*before);
  if (!placed) return tl::unexpected(placed.error());
  if (Result<void> const met = check_conditions(*before, *placed, status); !met)
    return tl::unexpected(met.error());

  decision::Decision moved;
  moved.status = status;
  ++moved.status.version;
  moved.status.lifecycle = mapping_.to;
  decision::place(moved.status, to_, *placed);
  bool const lapses = status.applied_at && !after_.behind(placed->active).contains(application);
  if (lapses) decision::withdraw_application(moved.status);
  moved.active_states = decision::active_states(to_, *placed);
  for (StateIndex const index : before->active)
    for (statechart::DelayedEvent const& delay : from_.state(index).after)
      moved.delays_cancelled.push_back(delay.event);
  for (StateIndex const index : placed->active)
    for (statechart::DelayedEvent const& delay : to_.state(index).after)
      if (auto const end = decision::end_of_delay(delay.delay, now, item.definition, moved.status, rules))
        moved.delays.push_back({delay.event, *end});
  moved.entry = JournalEntry{0,
                             now,
                             now,
                             actor,
                             item.id(),
                             event,
                             {{"from", mapping_.from}, {"to", mapping_.to}},
                             {{"from", statechart::value_of(from_, *before)},
                              {"to", statechart::value_of(to_, *placed)},
                              {"configuration", moved.status.configuration},
                              {"lifecycle", mapping_.to},
                              {"actions", Json::array()},
                              {"version", moved.status.version}}};
  if (lapses) moved.entry.outcome["application_lapses"] = true;
  return moved;
}

}  // namespace xiaohao::migration
