#include "engine/decision/decide.hpp"

#include <algorithm>

#include "engine/decision/delays.hpp"
#include "engine/decision/due_change.hpp"
#include "engine/decision/guards.hpp"
#include "engine/decision/placement.hpp"
#include "engine/json/document.hpp"
#include "engine/statechart/interpreter.hpp"

namespace xiaohao::decision {
namespace {

using nlohmann::json;
using statechart::Configuration;
using statechart::Definition;

Configuration configuration_of(Definition const& lifecycle, ItemStatus const& status) {
  return statechart::from_json(lifecycle, json::parse(status.configuration)).value();
}

/// The fields that `event` asks for where the item stands: those of the actions of every transition it could
/// take.
std::vector<Field> fields_of(std::vector<statechart::Transition const*> const& transitions) {
  std::vector<Field> fields;
  for (statechart::Transition const* transition : transitions)
    for (statechart::Call const& call : transition->actions) {
      Action const* const action = action_named(call.name);
      if (!action) continue;
      for (Field const& field : action->fields)
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    }
  return fields;
}

/// A transition that does nothing only forbids what states around it would do.
bool forbids(statechart::Transition const& transition) {
  return transition.targetless && transition.actions.empty();
}

std::vector<statechart::Transition const*> possible(Definition const& lifecycle, Configuration const& from,
                                                    std::string const& event) {
  auto transitions = statechart::candidates(lifecycle, from, event);
  std::erase_if(transitions, [](statechart::Transition const* transition) { return forbids(*transition); });
  return transitions;
}

bool is_internal(std::string_view event) { return event.starts_with("xstate."); }

/// Every event that some transition of an active state names, in document order.
std::vector<std::string> events_from(Definition const& lifecycle, Configuration const& from) {
  std::vector<std::string> events;
  for (statechart::StateIndex index : from.active)
    for (statechart::Transition const& transition : lifecycle.state(index).on)
      if (!is_internal(transition.event) && !forbids(transition) &&
          std::find(events.begin(), events.end(), transition.event) == events.end())
        events.push_back(transition.event);
  return events;
}

Text label_of(statechart::Transition const& transition) {
  auto const label = transition.meta.find("label");
  if (!transition.meta.is_object() || label == transition.meta.end())
    return {transition.event, transition.event};
  return {label->value("zh", transition.event), label->value("en", transition.event)};
}

json actions_json(std::vector<statechart::Call> const& actions) {
  json list = json::array();
  for (statechart::Call const& action : actions) {
    json entry{{"type", action.name}};
    if (!action.params.empty()) entry["params"] = action.params;
    list.push_back(std::move(entry));
  }
  return list;
}

/// Runs the actions on `status`, in order.
void apply(std::vector<statechart::Call> const& actions, ItemDefinition const& definition,
           std::string const& event, json const& payload, Actor const& actor, Instant at, ItemStatus& status,
           Consequences& then) {
  for (statechart::Call const& call : actions)
    if (Action const* const action = action_named(call.name))
      action->apply(status, {definition, event, payload, call.params, actor, at}, then);
}

void start_delay(statechart::DelayedEvent const& delay, ItemDefinition const& definition, Rules const& rules,
                 Instant now, Decision& decision) {
  if (auto const end = end_of_delay(delay.delay, now, definition, decision.status, rules))
    decision.delays.push_back({delay.event, *end});
}

/// The delays of states that were entered, and when the due date has moved, those of all active states that
/// are counted from it, also when they had ended by the old one.
void take_delays(statechart::Step const& step, Definition const& lifecycle, Context const& context,
                 Decision& decision) {
  decision.delays_cancelled = step.cancelled;
  ItemDefinition const& definition = context.item.definition;
  for (statechart::DelayedEvent const& delay : step.started)
    start_delay(delay, definition, context.rules, context.now, decision);
  if (decision.status.due == context.item.status.due) return;
  for (statechart::StateIndex index : step.configuration.active)
    for (statechart::DelayedEvent const& delay : lifecycle.state(index).after) {
      bool const started =
          std::any_of(step.started.begin(), step.started.end(),
                      [&](statechart::DelayedEvent const& other) { return other.event == delay.event; });
      if (started || !follows_due_date(delay.delay)) continue;
      decision.delays_cancelled.push_back(delay.event);
      start_delay(delay, definition, context.rules, context.now, decision);
    }
}

tl::unexpected<Refusal> not_possible(std::string const& type, Definition const& lifecycle,
                                     Configuration const& from) {
  std::string zh, en;
  for (std::string const& event : events_from(lifecycle, from)) {
    zh += (zh.empty() ? "" : "、") + event;
    en += (en.empty() ? "" : ", ") + event;
  }
  std::string const stage = stage_of(lifecycle, from);
  return refuse(
      Reason::NotPossible, "/type",
      {"在“" + stage + "”状态下不能 " + type + "；现在可以：" + (zh.empty() ? "无" : zh),
       type + " is not possible in state " + stage + "; possible now: " + (en.empty() ? "nothing" : en)});
}

/// For whom `participant` may do it: himself (nobody else), one whose substitute he is, or not at all.
struct Leave {
  bool given = false;
  std::optional<Username> on_behalf_of;
};

Leave leave_of(Participant const& participant, std::string_view event, Context const& context) {
  Permissions const& permissions = context.rules.permissions;
  Subject const subject{context.item, context.leads};
  if (permissions.may_send(participant, event, subject)) return {true, std::nullopt};
  if (!context.absences || !participant.active) return {};
  for (Absence const& absence : *context.absences) {
    if (absence.substitute != participant.username) continue;
    Participant const* const away = context.organisation.participant(absence.away);
    if (away && permissions.may_send(*away, event, subject)) return {true, absence.away};
  }
  return {};
}

/// The actor as the journal names him.
Result<Actor> may_act(Command const& command, Context const& context) {
  if (command.actor.automatic) return command.actor;
  if (!command.seen)
    return refuse(Reason::VersionMissing, "",
                  {"缺少所见版本（If-Match）", "the version you saw is missing (If-Match)"});
  if (*command.seen != context.item.status.version)
    return refuse(Reason::Stale, "",
                  {"事项已被更新，请刷新后重试", "the item has changed since you read it; read it again"});
  Participant const* const participant = context.organisation.participant(command.actor.username);
  Leave const leave = participant ? leave_of(*participant, command.type, context) : Leave{};
  if (!leave.given)
    return refuse(Reason::Forbidden, "", {"您无权进行此操作", "you may not do this with this item"});
  Actor actor = command.actor;
  if (leave.on_behalf_of) actor.on_behalf_of = leave.on_behalf_of;
  return actor;
}

}  // namespace

Result<Decision> decide(Command const& command, Context const& context) {
  Definition const* const lifecycle = context.rules.lifecycle(context.item.status.lifecycle);
  if (!lifecycle)
    return refuse(
        Reason::Unavailable, "",
        {"生命周期未加载", "the item's lifecycle " + context.item.status.lifecycle + " is not loaded"});
  Result<Actor> const may = may_act(command, context);
  if (!may) return tl::unexpected(may.error());
  Actor const& actor = *may;
  if (is_internal(command.type) && !command.actor.automatic)
    return refuse(Reason::Forbidden, "/type", {"不是可发送的事件", "not an event that a person sends"});

  Configuration const from = configuration_of(*lifecycle, context.item.status);
  auto const transitions = possible(*lifecycle, from, command.type);
  if (transitions.empty()) return not_possible(command.type, *lifecycle, from);
  if (!command.actor.automatic)
    if (Result<void> fields = check_fields(command.payload, fields_of(transitions)); !fields)
      return tl::unexpected(fields.error());

  std::optional<Refusal> failed;
  Participant const* const participant = context.organisation.participant(actor.username);
  Participant const* const principal =
      actor.on_behalf_of ? context.organisation.participant(*actor.on_behalf_of) : nullptr;
  auto const guard = [&](statechart::Call const& call) {
    Guard const* const known = guard_named(call.name);
    if (!known) return false;
    auto const fault = known->fault({context.item, command.payload, actor, participant, context.now,
                                     context.evidence, context.rules, principal, context.absences});
    if (fault && !failed) failed = Refusal{known->reason, {*fault}};
    return !fault;
  };
  auto taken = statechart::step(*lifecycle, from, command.type, guard);
  if (!taken) return tl::unexpected(taken.error());
  if (!taken->taken) {
    if (failed) return tl::unexpected(*failed);
    return not_possible(command.type, *lifecycle, from);
  }

  Decision decision;
  decision.status = context.item.status;
  ++decision.status.version;
  if (taken->configuration != from) place(decision.status, *lifecycle, taken->configuration);
  apply(taken->actions, context.item.definition, command.type, command.payload, actor, context.now,
        decision.status, decision.consequences);
  decision.active_states = active_states(*lifecycle, taken->configuration);
  take_delays(*taken, *lifecycle, context, decision);
  decision.entry = JournalEntry{0,
                                context.now,
                                context.now,
                                actor,
                                context.item.id(),
                                command.type,
                                command.payload,
                                {{"from", statechart::value_of(*lifecycle, from)},
                                 {"to", statechart::value_of(*lifecycle, taken->configuration)},
                                 {"configuration", decision.status.configuration},
                                 {"actions", actions_json(taken->actions)},
                                 {"version", decision.status.version}}};
  return decision;
}

Decision change_due(json payload, Actor const& actor, Context const& context) {
  Definition const& lifecycle = *context.rules.lifecycle(context.item.status.lifecycle);
  statechart::Step still;
  still.configuration = configuration_of(lifecycle, context.item.status);
  still.actions.push_back({"change_due", json::object()});
  Decision decision;
  decision.status = context.item.status;
  ++decision.status.version;
  apply(still.actions, context.item.definition, "due.changed", payload, actor, context.now, decision.status,
        decision.consequences);
  decision.active_states = active_states(lifecycle, still.configuration);
  take_delays(still, lifecycle, context, decision);
  json const value = statechart::value_of(lifecycle, still.configuration);
  decision.entry = JournalEntry{0,
                                context.now,
                                context.now,
                                actor,
                                context.item.id(),
                                "due.changed",
                                std::move(payload),
                                {{"from", value},
                                 {"to", value},
                                 {"configuration", decision.status.configuration},
                                 {"actions", actions_json(still.actions)},
                                 {"version", decision.status.version}}};
  return decision;
}

Decision begin(ItemDefinition const& definition, ItemStatus status, Rules const& rules, Instant now) {
  Definition const& lifecycle = *rules.lifecycle(status.lifecycle);
  statechart::Step const first =
      statechart::initial(lifecycle, [](statechart::Call const&) { return false; }).value();
  Decision decision;
  decision.status = std::move(status);
  place(decision.status, lifecycle, first.configuration);
  decision.active_states = active_states(lifecycle, first.configuration);
  for (statechart::DelayedEvent const& delay : first.started)
    start_delay(delay, definition, rules, now, decision);
  apply(first.actions, definition, "item.created", json::object(), Actor::engine(), now, decision.status,
        decision.consequences);
  return decision;
}

std::optional<Replayed> replay(ItemDefinition const& definition, ItemStatus status, JournalEntry const& entry,
                               Rules const& rules) {
  auto const moved = entry.outcome.find("lifecycle");
  if (moved != entry.outcome.end()) {
    status.lifecycle = moved->get<std::string>();
    if (entry.outcome.contains("application_lapses")) withdraw_application(status);
  }
  Definition const* const lifecycle = rules.lifecycle(status.lifecycle);
  auto const configuration = entry.outcome.find("configuration");
  if (!lifecycle || configuration == entry.outcome.end()) return std::nullopt;
  Replayed replayed{std::move(status), {}};
  auto const& configured = configuration->get_ref<std::string const&>();
  if (moved != entry.outcome.end() || configured != replayed.status.configuration) {
    auto const reached = statechart::from_json(*lifecycle, json::parse(configured));
    if (!reached) return std::nullopt;
    place(replayed.status, *lifecycle, *reached);
  }
  std::vector<statechart::Call> actions;
  for (json const& action : entry.outcome.at("actions"))
    actions.push_back({action.at("type").get<std::string>(),
                       action.contains("params") ? action.at("params") : json::object()});
  apply(actions, definition, entry.type, entry.payload, entry.actor, entry.at, replayed.status,
        replayed.consequences);
  ++replayed.status.version;
  return replayed;
}

std::optional<std::vector<std::string>> active_states_of(ItemStatus const& status, Rules const& rules) {
  Definition const* const lifecycle = rules.lifecycle(status.lifecycle);
  if (!lifecycle) return std::nullopt;
  auto const configuration = statechart::from_json(*lifecycle, json::parse(status.configuration));
  return configuration ? std::optional(active_states(*lifecycle, *configuration)) : std::nullopt;
}

std::vector<PossibleEvent> possible_events(Participant const& participant, Context const& context) {
  std::vector<PossibleEvent> events;
  Definition const* const lifecycle = context.rules.lifecycle(context.item.status.lifecycle);
  if (!lifecycle) return events;
  Configuration const from = configuration_of(*lifecycle, context.item.status);
  json const nothing = json::object();
  for (std::string const& event : events_from(*lifecycle, from)) {
    Leave const leave = leave_of(participant, event, context);
    if (!leave.given) continue;
    Actor actor = Actor::person(participant.username);
    actor.on_behalf_of = leave.on_behalf_of;
    Participant const* const principal =
        leave.on_behalf_of ? context.organisation.participant(*leave.on_behalf_of) : nullptr;
    auto const transitions = possible(*lifecycle, from, event);
    if (transitions.empty()) continue;
    PossibleEvent possible_event{event, label_of(*transitions.front()), fields_of(transitions), {}};
    bool free = false;
    for (statechart::Transition const* transition : transitions) {
      Guard const* const guard = transition->guard ? guard_named(transition->guard->name) : nullptr;
      auto const fault = guard ? guard->fault({context.item, nothing, actor, &participant, context.now,
                                               context.evidence, context.rules, principal, context.absences})
                               : std::nullopt;
      if (!fault)
        free = true;
      else
        possible_event.blocked_by.push_back(*fault);
    }
    if (free) possible_event.blocked_by.clear();
    events.push_back(std::move(possible_event));
  }
  return events;
}

}  // namespace xiaohao::decision
