// What a county may change in a lifecycle, and what the house does not let it give up.

#include "engine/decision/lifecycle_check.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::decision {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

nlohmann::ordered_json shipped(std::string const& name) {
  return json::read_ordered_file("workflows/lifecycles/" + name + ".json", statechart::machine_limits)
      .value();
}

std::vector<statechart::Flaw> flaws_of(nlohmann::ordered_json const& machine) {
  auto const definition = statechart::load(machine);
  EXPECT_TRUE(definition.has_value()) << (definition ? "" : definition.error().first().pointer);
  return lifecycle_flaws(*definition, kind_run_by(*definition));
}

std::string all_of(std::vector<statechart::Flaw> const& flaws) {
  std::string text;
  for (auto const& flaw : flaws) text += flaw.pointer + ": " + flaw.detail.en + " [" + flaw.path + "]\n";
  return text;
}

TEST(ShippedLifecycles, AreSound) {
  for (char const* name : {"assignment", "milestone", "task"})
    EXPECT_EQ(all_of(flaws_of(shipped(name))), "") << name;
}

nlohmann::ordered_json& closeout(nlohmann::ordered_json& assignment, char const* state) {
  return assignment["states"]["closeout"]["states"][state];
}

TEST(AssignmentLifecycle, DoesNotCloseByTheOneWhoAppliedThoughItDeclaresNothing) {
  auto assignment = shipped("assignment");
  assignment["properties"] = nlohmann::ordered_json::array();
  closeout(assignment, "verification")["on"]["closeout.verify"].erase("guard");
  closeout(assignment, "first_review")["on"]["closeout.approve"].erase("guard");
  auto const found = flaws_of(assignment);
  ASSERT_EQ(found.size(), 1u) << all_of(found);
  EXPECT_THAT(found[0].detail.en, HasSubstr("house.second_person"));
  EXPECT_THAT(found[0].path, HasSubstr("closeout.apply"));
  EXPECT_THAT(found[0].path, testing::EndsWith("—after publicity→ closed, none"));
}

TEST(AssignmentLifecycle, DoesNotCloseWithoutEvidence) {
  auto assignment = shipped("assignment");
  closeout(assignment, "in_progress")["on"]["closeout.apply"].erase("guard");
  EXPECT_THAT(all_of(flaws_of(assignment)), HasSubstr("house.evidence"));
}

TEST(AssignmentLifecycle, DoesNotKeepTheSecondPersonOfAnEarlierApplication) {
  auto assignment = shipped("assignment");
  // Back from publicity to the unit, which closes it by itself the second time.
  closeout(assignment, "publicity")["on"]["closeout.object"]["target"] = "in_progress";
  closeout(assignment, "in_progress")["on"]["finish"] = {{"target", "publicity"}};
  EXPECT_THAT(all_of(flaws_of(assignment)), HasSubstr("house.second_person"));
}

TEST(AssignmentLifecycle, BeginsANewCycleWhenItIsReopened) {
  auto assignment = shipped("assignment");
  auto& actions = closeout(assignment, "closed")["on"]["reinspect.reopen"]["actions"];
  actions.erase(0);
  EXPECT_THAT(all_of(flaws_of(assignment)), HasSubstr("house.next_cycle"));
}

TEST(AssignmentLifecycle, DoesNotStall) {
  auto assignment = shipped("assignment");
  auto& review = closeout(assignment, "first_review");
  review["on"] = nlohmann::ordered_json::object();
  EXPECT_THAT(all_of(flaws_of(assignment)), HasSubstr("house.ends"));
}

TEST(AssignmentLifecycle, IsNotClosedByAnotherName) {
  auto assignment = shipped("assignment");
  closeout(assignment, "closed")["tags"] = {"done"};
  assignment["properties"] = nlohmann::ordered_json::array();
  EXPECT_THAT(all_of(flaws_of(assignment)), HasSubstr("house.recorded_is_closed"));
}

TEST(TaskLifecycle, ClosesWithItsSharesOnly) {
  auto task = shipped("task");
  task["states"]["in_progress"]["on"]["share.changed"][0]["guard"] = "some_share_is_open";
  EXPECT_THAT(all_of(flaws_of(task)), HasSubstr("house.all_shares"));
}

TEST(Lifecycle, NamesOnlyWhatTheEngineKnows) {
  auto milestone = shipped("milestone");
  auto& pending = milestone["states"]["pending"];
  pending["on"]["report"] = {{"guard", "is_monday"}, {"actions", {"dance"}}};
  pending["entry"] = {{{"type", "notify"}, {"params", {{"occasion", "begun"}, {"audience", "everybody"}}}}};
  pending["after"] = {{"soon", {{"actions", {{{"type", "forward"}, {"params", {{"to", "x"}}}}}}}}};
  std::string const found = all_of(flaws_of(milestone));
  for (char const* expected :
       {"/states/pending/on/report/guard: is_monday is no guard",
        "/states/pending/on/report/actions/0: dance is no action",
        "the param audience cannot be everybody; it is one of owner",
        "/states/pending/after/soon: is no delay", "takes no param to", "needs the param event"})
    EXPECT_THAT(found, HasSubstr(expected));
}

}  // namespace
}  // namespace xiaohao::decision
