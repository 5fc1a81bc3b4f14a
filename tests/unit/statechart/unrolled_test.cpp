#include "engine/statechart/unrolled.hpp"

#include <gmock/gmock.h>
#include <random>

namespace xiaohao::statechart {
namespace {

Definition shipped(char const* name) {
  auto const document =
      json::read_ordered_file(std::string("workflows/lifecycles/") + name + ".json", machine_limits);
  return load(document.value()).value();
}

std::vector<std::string> events_of(Definition const& definition) {
  std::vector<std::string> events{"nobody.knows.it"};
  for (State const& state : definition.states())
    for (Transition const& transition : state.on) events.push_back(transition.event);
  return events;
}

/// The same events, and the same answers to its guards, for the table and for the interpreter.
void expect_the_same(Definition const& definition, Unrolled machine, int steps) {
  std::mt19937 chance(20261125);
  std::vector<std::string> const events = events_of(definition);
  std::map<std::string, bool> answers;  // in this step
  GuardEvaluator const guard = [&](Call const& call) {
    return answers.try_emplace(call.name, chance() % 2 == 0).first->second;
  };
  Configuration at = initial(definition, guard)->configuration;
  ASSERT_EQ(machine.begin(guard)->configuration, at);
  for (int count = 0; count < steps; ++count) {
    std::string const& event = events[chance() % events.size()];
    answers.clear();
    Step const expected = step(definition, at, event, guard).value();
    Turn const& turn = machine.send(machine.event(event), guard);
    ASSERT_TRUE(turn);
    ASSERT_EQ(turn->configuration, expected.configuration) << event;
    ASSERT_EQ(machine.configuration(), expected.configuration) << event;
    ASSERT_EQ(turn->actions, expected.actions) << event;
    ASSERT_EQ(turn->transitions, expected.transitions) << event;
    ASSERT_EQ(turn->cancelled, expected.cancelled) << event;
    ASSERT_EQ(turn->started.size(), expected.started.size()) << event;
    at = expected.configuration.done ? initial(definition, guard)->configuration : expected.configuration;
    if (expected.configuration.done) (void)machine.begin(guard);
  }
}

TEST(Unrolled, DoesWhatTheInterpreterDoesHoweverGuardsAnswer) {
  for (char const* name : {"assignment", "milestone", "task"}) {
    Definition const definition = shipped(name);
    expect_the_same(definition, Unrolled(definition), 3000);
  }
}

TEST(Unrolled, ForgetsAndBeginsAnewWhereThereIsTooMuchToRemember) {
  Definition const definition = shipped("assignment");
  expect_the_same(definition, Unrolled(definition, 5), 3000);
}

TEST(Unrolled, StaysWhereItWasWhenItNeverComesToRest) {
  auto const document = json::read_ordered(
      R"({"id":"m","initial":"a","states":{"a":{"on":{"e":"b"}},"b":{"always":"c"},"c":{"always":"b"}}})");
  Unrolled machine(load(document.value()).value());
  GuardEvaluator const guard = [](Call const&) { return true; };
  Configuration const before = machine.begin(guard)->configuration;
  for (int count = 0; count < 2; ++count) {
    Turn const& turn = machine.send(machine.event("e"), guard);
    ASSERT_FALSE(turn);
    EXPECT_EQ(turn.error().first().pointer, "/states/b/always");
    EXPECT_EQ(machine.configuration(), before);
  }
}

}  // namespace
}  // namespace xiaohao::statechart
