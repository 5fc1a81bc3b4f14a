#include "engine/statechart/interpreter.hpp"

#include <gmock/gmock.h>

#include "engine/decision/actions.hpp"
#include "engine/decision/guards.hpp"

namespace xiaohao::statechart {
namespace {

using testing::ElementsAre;

Definition shipped(std::string const& name) {
  auto const document = json::read_ordered_file("workflows/lifecycles/" + name + ".json", machine_limits);
  return load(document.value()).value();
}

/// A unit's share that every guard lets pass.
class Share {
 public:
  Share() : configuration_(initial(definition_, always()).value().configuration) {}

  Step send(std::string const& event) {
    Step taken = step(definition_, configuration_, event, always()).value();
    configuration_ = taken.configuration;
    return taken;
  }
  std::string stage() const { return value_of(definition_, configuration_)["closeout"]; }
  std::string extension() const { return value_of(definition_, configuration_)["extension"]; }
  Configuration const& configuration() const { return configuration_; }
  Definition const& definition() const { return definition_; }

 private:
  static GuardEvaluator always() {
    return [](Call const&) { return true; };
  }
  Definition definition_ = shipped("assignment");
  Configuration configuration_;
};

TEST(Assignment, GoesFromIssuedToClosedByItsWholePath) {
  Share share;
  EXPECT_EQ(share.stage(), "issued");
  for (auto const& [event, stage] : std::vector<std::pair<std::string, std::string>>{
           {"accept", "in_progress"},
           {"report", "in_progress"},
           {"evidence.attach", "in_progress"},
           {"closeout.apply", "first_review"},
           {"closeout.return", "in_progress"},
           {"closeout.apply", "first_review"},
           {"closeout.approve", "verification"},
           {"closeout.reject", "in_progress"},
           {"closeout.apply", "first_review"},
           {"closeout.approve", "verification"},
           {"closeout.verify", "publicity"},
           {"closeout.object", "verification"},
           {"closeout.verify", "publicity"},
           {"xstate.after.publicity.assignment.closeout.publicity", "closed"},
           {"reinspect.reopen", "in_progress"}}) {
    EXPECT_TRUE(share.send(event).taken) << event;
    EXPECT_EQ(share.stage(), stage) << event;
  }
}

TEST(Assignment, CannotBeReportedOnBeforeItIsAccepted) {
  Share share;
  EXPECT_FALSE(share.send("report").taken);
  EXPECT_EQ(share.stage(), "issued");
}

TEST(Assignment, IsExtendedBesideItsCloseOut) {
  Share share;
  share.send("accept");
  share.send("extension.request");
  EXPECT_EQ(share.extension(), "requested");
  EXPECT_EQ(share.stage(), "in_progress");
  share.send("extension.grant");
  EXPECT_EQ(share.extension(), "none");
}

TEST(Assignment, StartsAFreshDelayEachTimeItIsMadePublic) {
  Share share;
  for (char const* event : {"accept", "closeout.apply", "closeout.approve"}) share.send(event);
  ASSERT_EQ(share.send("closeout.verify").started.size(), 1u);
  EXPECT_THAT(share.send("closeout.object").cancelled,
              ElementsAre("xstate.after.publicity.assignment.closeout.publicity"));
  EXPECT_EQ(share.send("closeout.verify").started.size(), 1u);
}

TEST(Configuration, IsStoredAndReadBack) {
  Share share;
  share.send("accept");
  auto const read = from_json(share.definition(), to_json(share.definition(), share.configuration()));
  EXPECT_EQ(read.value(), share.configuration());
  EXPECT_FALSE(
      from_json(share.definition(), nlohmann::json{{"active", {"assignment.nowhere"}}, {"done", false}})
          .has_value());
}

TEST(Shipped, LifecyclesNameOnlyGuardsAndActionsThatExist) {
  for (char const* name : {"assignment", "task", "milestone"}) {
    Definition const definition = shipped(name);
    for (State const& state : definition.states())
      for (Transition const& transition : state.on) {
        if (transition.guard) {
          EXPECT_NE(decision::guard_named(transition.guard->name), nullptr) << transition.guard->name;
        }
        for (Call const& action : transition.actions)
          EXPECT_NE(decision::action_named(action.name), nullptr) << action.name;
      }
  }
}

TEST(Always, ThatNeverComesToRestIsRefused) {
  auto const document =
      json::read_ordered(R"({"id":"m","initial":"a","states":{"a":{"always":"b"},"b":{"always":"a"}}})");
  auto const started = initial(load(document.value()).value(), [](Call const&) { return true; });
  ASSERT_FALSE(started.has_value());
  EXPECT_THAT(started.error().first().detail.en, testing::HasSubstr("never comes to rest"));
}

}  // namespace
}  // namespace xiaohao::statechart
