// Transitions a second of the close-out region of the shipped assignment, without guards and data: the
// interpreter, the npm package xstate in node, Boost.Statechart and a hand-written switch, turn by turn in
// one run; and how long it takes to load and prove each shipped lifecycle, and one of 1,000 states.
//
//     ./dev bench lifecycles

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <unistd.h>

#include "engine/decision/lifecycle_check.hpp"
#include "engine/statechart/soundness/soundness.hpp"
#include "engine/statechart/unrolled.hpp"
#include "tests/bench/closeout_machines.hpp"
#include "tests/bench/median.hpp"
#include "workflows/rules.hpp"

namespace {

using namespace xiaohao;
using bench::Event;
using bench::Stage;
using Clock_ = std::chrono::steady_clock;

constexpr int rounds = 7;
constexpr int states_of_the_large = 1000;

/// A share that is returned, rejected, objected to, closed, looked at again and reopened; it ends where it
/// began.
constexpr std::array<Event, 20> year{
    Event::Report, Event::Attach,  Event::Urge,   Event::Apply, Event::Return, Event::Withdraw, Event::Attach,
    Event::Apply,  Event::Approve, Event::Reject, Event::Apply, Event::Urge,   Event::Approve,  Event::Verify,
    Event::Object, Event::Verify,  Event::End,    Event::Pass,  Event::Pass,   Event::Reopen};
constexpr std::array<char const*, 15> names{"accept",          "urge",
                                            "cancel",          "report",
                                            "evidence.attach", "evidence.withdraw",
                                            "closeout.apply",  "closeout.approve",
                                            "closeout.return", "closeout.verify",
                                            "closeout.reject", "closeout.object",
                                            "publicity.ends",  "reinspect.pass",
                                            "reinspect.reopen"};
char const* name_of(Event event) { return names[static_cast<std::size_t>(event)]; }

/// The region as a machine of its own, with an event in the place of the delay.
nlohmann::ordered_json closeout() {
  auto const lifecycle = nlohmann::ordered_json::parse(workflows::shipped_lifecycles().at("assignment/2"));
  nlohmann::ordered_json machine = lifecycle.at("states").at("closeout");
  machine["id"] = "closeout";
  for (auto& [key, state] : machine["states"].items()) {
    if (state.contains("after")) state["on"]["publicity.ends"] = state["after"]["publicity"];
    state.erase("after");
    state.erase("tags");
    if (state.contains("on"))
      for (auto& [event, transition] : state["on"].items()) {
        transition.erase("guard");
        transition.erase("meta");
      }
  }
  return machine;
}

/// Steps a second of `turn`, which makes a year's steps and returns the actions it saw, for about 0.1 s.
double rate(std::function<std::uint64_t(int years)> const& turn, std::uint64_t& actions_a_year) {
  int years = 1;
  for (;;) {
    auto const began = Clock_::now();
    std::uint64_t const actions = turn(years);
    double const seconds = std::chrono::duration<double>(Clock_::now() - began).count();
    actions_a_year = actions / static_cast<std::uint64_t>(years);
    if (seconds > 0.1) return years * static_cast<double>(year.size()) / seconds;
    years *= 2;
  }
}

std::uint64_t run_switch(int years) {
  std::uint64_t actions = 0;
  Stage stage = Stage::InProgress;
  Event const* volatile events = year.data();  // or the compiler would know the year by heart
  for (int count = 0; count < years; ++count)
    for (std::size_t at = 0; at < year.size(); ++at) stage = bench::switched(stage, events[at], actions);
  if (stage != Stage::InProgress) std::abort();
  return actions;
}

std::uint64_t run_boost(int years) {
  namespace b = bench::boosted;
  b::Closeout machine;
  machine.initiate();
  machine.process_event(b::Accept());
  machine.actions = 0;
  for (int count = 0; count < years; ++count) {
    machine.process_event(b::Report());
    machine.process_event(b::Attach());
    machine.process_event(b::Urge());
    machine.process_event(b::Apply());
    machine.process_event(b::Return());
    machine.process_event(b::Withdraw());
    machine.process_event(b::Attach());
    machine.process_event(b::Apply());
    machine.process_event(b::Approve());
    machine.process_event(b::Reject());
    machine.process_event(b::Apply());
    machine.process_event(b::Urge());
    machine.process_event(b::Approve());
    machine.process_event(b::Verify());
    machine.process_event(b::Object());
    machine.process_event(b::Verify());
    machine.process_event(b::End());
    machine.process_event(b::Pass());
    machine.process_event(b::Pass());
    machine.process_event(b::Reopen());
  }
  return machine.actions;
}

std::uint64_t run_interpreter(statechart::Definition const& machine, int years) {
  auto const guard = [](statechart::Call const&) { return true; };
  std::uint64_t actions = 0;
  std::vector<std::string> events;
  for (Event const event : year) events.emplace_back(name_of(event));
  auto at = statechart::step(machine, statechart::initial(machine, guard)->configuration, "accept", guard)
                ->configuration;
  for (int count = 0; count < years; ++count)
    for (std::string const& event : events) {
      auto step = statechart::step(machine, at, event, guard);
      actions += step->actions.size();
      at = std::move(step->configuration);
    }
  return actions;
}

std::uint64_t run_unrolled(statechart::Definition const& definition, int years) {
  statechart::GuardEvaluator const guard = [](statechart::Call const&) { return true; };
  std::uint64_t actions = 0;
  statechart::Unrolled machine(definition);
  std::vector<statechart::Unrolled::EventIndex> events;
  for (Event const event : year) events.push_back(machine.event(name_of(event)));
  (void)machine.begin(guard);
  machine.send(machine.event("accept"), guard);
  for (int count = 0; count < years; ++count)
    for (auto const event : events) actions += machine.send(event, guard)->actions.size();
  return actions;
}

/// The rate that `lifecycles_xstate.mjs` prints, and how many actions it saw in a year.
double run_xstate(std::string const& machine_file, std::uint64_t& actions_a_year) {
  std::string command = "node tests/bench/lifecycles_xstate.mjs " + machine_file;
  for (Event const event : year) command += std::string(" ") + name_of(event);
  FILE* const answer = ::popen(command.c_str(), "r");
  double rate = 0;
  unsigned long long actions = 0;
  if (!answer || std::fscanf(answer, "%lf %llu", &rate, &actions) != 2 || ::pclose(answer) != 0) {
    std::fputs("lifecycles_bench: node did not answer; run `npm ci` in tests/differential\n", stderr);
    std::exit(3);
  }
  actions_a_year = actions;
  return rate;
}

void transitions() {
  nlohmann::ordered_json const document = closeout();
  std::string const file = "/tmp/xiaohao-closeout-" + std::to_string(::getpid()) + ".json";
  std::ofstream(file) << document;
  auto const machine = statechart::load(document).value();
  constexpr std::size_t contestants = 5;
  char const* const who[contestants] = {"unrolled", "interpreter", "xstate in node", "Boost.Statechart",
                                        "hand-written switch"};
  std::array<std::vector<double>, contestants> rates;
  std::array<std::uint64_t, contestants> actions{};
  for (int round = 0; round < rounds; ++round) {
    rates[0].push_back(rate([&](int years) { return run_unrolled(machine, years); }, actions[0]));
    rates[1].push_back(rate([&](int years) { return run_interpreter(machine, years); }, actions[1]));
    rates[2].push_back(run_xstate(file, actions[2]));
    rates[3].push_back(rate(run_boost, actions[3]));
    rates[4].push_back(rate(run_switch, actions[4]));
  }
  std::remove(file.c_str());
  double const unrolled = bench::median(rates[0]), interpreter = bench::median(rates[1]);
  std::printf("%-20s %15s %22s %22s\n", "", "transitions/s", "unrolled is x times", "interpreter is x times");
  for (std::size_t at = 0; at < contestants; ++at) {
    double const median = bench::median(rates[at]);
    std::printf("%-20s %15.0f %22.3g %22.3g\n", who[at], median, unrolled / median, interpreter / median);
    if (actions[at] != actions[0]) {
      std::printf("  but it runs %llu actions a year, and the interpreter %llu\n",
                  static_cast<unsigned long long>(actions[at]), static_cast<unsigned long long>(actions[0]));
      std::exit(1);
    }
  }
}

/// A procedure of many steps, each of which may send back to the first.
nlohmann::ordered_json large() {
  nlohmann::ordered_json states;
  auto const name = [](int step) { return "step" + std::to_string(step); };
  int const steps = states_of_the_large - 2;  // the root, and the end
  for (int step = 0; step < steps; ++step)
    states[name(step)] = {{"on",
                           {{"go", step + 1 < steps ? name(step + 1) : "end"},
                            {"return", {{"target", name(0)}, {"actions", {"record_return"}}}}}}};
  states["end"] = {{"type", "final"}};
  return {{"id", "large"}, {"initial", name(0)}, {"states", std::move(states)}};
}

template <class Work>
double median_ms(Work const& work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    auto const began = Clock_::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock_::now() - began).count());
  }
  return bench::median(times);
}

void proof(std::string const& name, std::string const& document,
           std::function<std::size_t(statechart::Definition const&)> const& flaws) {
  auto const load = [&] {
    return json::read_ordered(document, statechart::machine_limits).and_then(statechart::load).value();
  };
  statechart::Definition const definition = load();
  double const loaded = median_ms(load);
  std::size_t found = 0;
  double const proved = median_ms([&] { found = flaws(definition); });
  std::printf("%-20s %5zu states: loaded in %.2f ms, proved in %.2f ms, %zu flaws\n", name.c_str(),
              definition.states().size(), loaded, proved, found);
}

}  // namespace

int main() {
  transitions();
  auto const rules = workflows::shipped_rules().value();
  for (auto const& [name, document] : workflows::shipped_lifecycles())
    for (auto const& [kind, lifecycle] : rules.lifecycle_of)
      if (lifecycle == name) {
        proof(name, document, [&, of = kind](statechart::Definition const& definition) {
          return decision::lifecycle_flaws(definition, of).size();
        });
        break;
      }
  proof("large", large().dump(),
        [](statechart::Definition const& definition) { return statechart::flaws(definition).size(); });
}
