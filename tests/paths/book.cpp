#include "tests/paths/book.hpp"

#include <algorithm>

#include "engine/decision/delays.hpp"
#include "engine/decision/guards.hpp"

namespace xiaohao::paths {

using statechart::Definition;
using statechart::StateIndex;

TransitionName name_of(Definition const& lifecycle, statechart::Transition const& transition) {
  return lifecycle.name() + " " + transition.pointer;
}

std::vector<TransitionName> transitions_of(Definition const& lifecycle) {
  std::vector<TransitionName> names;
  for (statechart::State const& state : lifecycle.states())
    for (auto const* list : {&state.on, &state.always})
      for (statechart::Transition const& transition : *list)
        if (!transition.targetless || !transition.actions.empty())
          names.push_back(name_of(lifecycle, transition));
  return names;
}

void Book::open_at(World const& world) {
  for (WorkItem const& item : world.stage().all_items()) {
    auto const stored = nlohmann::json::parse(item.status.configuration);
    pages_.emplace(item.id(), Page{item,
                                   world.stage().evidence_of(item.id()),
                                   statechart::from_json(lifecycle_of(item), stored).value(),
                                   {},
                                   {}});
  }
}

void Book::begin_with(World const& world) {
  for (WorkItem const& item : world.stage().all_items()) open_page(item, world.now());
}

void Book::open_page(WorkItem const& item, Instant since) {
  statechart::Step const first =
      statechart::initial(lifecycle_of(item), [](statechart::Call const&) { return false; }).value();
  Page page{item, {}, first.configuration, {}, {}};
  for (StateIndex const state : first.configuration.active) page.entered[state] = since;
  pages_.emplace(item.id(), std::move(page));
}

bool Book::holds(statechart::Call const& call, Page const& page, JournalEntry const& entry) const {
  std::function<std::vector<Evidence>()> const evidence = [&] { return page.evidence; };
  return !decision::guard_named(call.name)->fault({page.item, entry.payload, entry.actor,
                                                   county_.organisation.participant(entry.actor.username),
                                                   entry.at, evidence, county_.rules});
}

void Book::hear(JournalEntry const& entry, rehearsal::Stage const& stage) {
  if (!entry.item) return;
  if (entry.type == "item.created") return open_page(stage.known_item(*entry.item), entry.at);
  Page& page = pages_.at(*entry.item);
  Definition const& lifecycle = lifecycle_of(page.item);
  statechart::Step const step =
      statechart::step(lifecycle, page.configuration, entry.type, [&](statechart::Call const& call) {
        return holds(call, page, entry);
      }).value();
  for (statechart::Transition const* transition : step.transitions)
    taken_.push_back(name_of(lifecycle, *transition));
  auto const entered_again = [&](StateIndex state) {
    auto const& after = lifecycle.state(state).after;
    return std::any_of(step.started.begin(), step.started.end(), [&](statechart::DelayedEvent const& begun) {
      return std::any_of(after.begin(), after.end(),
                         [&](statechart::DelayedEvent const& delay) { return delay.event == begun.event; });
    });
  };
  page.ended.insert(entry.type);
  for (statechart::DelayedEvent const& begun : step.started) page.ended.erase(begun.event);
  std::map<StateIndex, Instant> entered;
  for (StateIndex const state : step.configuration.active) {
    auto const since = page.entered.find(state);
    bool const stayed = page.configuration.contains(state) && since != page.entered.end();
    entered[state] = stayed && !entered_again(state) ? since->second : entry.at;
  }
  page.entered = std::move(entered);
  page.configuration = step.configuration;
  page.item = stage.known_item(*entry.item);
  page.evidence = stage.evidence_of(*entry.item);
  if (auto const value = statechart::value_of(lifecycle, page.configuration); entry.outcome.at("to") != value)
    wrong_outcomes_ += entry.type + " leads to " + value.dump() + ", and the journal says " +
                       entry.outcome.at("to").dump() + "\n";
}

std::map<std::string, Instant> Book::timers(Page const& page) const {
  std::map<std::string, Instant> timers;
  Definition const& lifecycle = lifecycle_of(page.item);
  for (auto const& [state, since] : page.entered)
    for (statechart::DelayedEvent const& delay : lifecycle.state(state).after)
      if (!page.ended.contains(delay.event))
        if (auto const end = decision::end_of_delay(delay.delay, since, page.item.definition,
                                                    page.item.status, county_.rules))
          timers.emplace(delay.event, *end);
  return timers;
}

std::string Book::differences(rehearsal::Stage const& stage) const {
  std::string text = wrong_outcomes_;
  for (auto const& [id, page] : pages_) {
    std::string const configuration = statechart::to_json(lifecycle_of(page.item), page.configuration).dump();
    if (std::string const& had = stage.known_item(id).status.configuration; had != configuration)
      text += std::to_string(id.value()) + " is in " + had + ", and belongs in " + configuration + "\n";
    std::map<std::string, Instant> running;
    for (Timer const& timer : stage.timers_of(id))
      if (timer.kind == "after") running.emplace(timer.key, timer.due);
    if (auto const expected = timers(page); running != expected) {
      text += std::to_string(id.value()) + " has other timers than the states it is in:";
      for (auto const& [event, due] : running) text += " has " + event + " at " + xiaohao::to_string(due);
      for (auto const& [event, due] : expected) text += " wants " + event + " at " + xiaohao::to_string(due);
      text += "\n";
    }
  }
  return text;
}

std::vector<std::string> Book::states_of(ItemId item) const {
  std::vector<std::string> ids;
  Page const& page = pages_.at(item);
  for (StateIndex const state : page.configuration.active)
    ids.push_back(lifecycle_of(page.item).state(state).id);
  return ids;
}

}  // namespace xiaohao::paths
