#include "notifications/policy.hpp"

#include <gmock/gmock.h>

#include "tests/unit/notifications/county.hpp"

namespace xiaohao::notifications {
namespace {

using nlohmann::json;

/// `/escalation/…: what is wrong`, for each fault.
std::vector<std::string> faults_of(json const& document) {
  std::vector<std::string> faults;
  if (auto const policy = read_policy(document); !policy)
    for (Fault const& fault : policy.error().faults) faults.push_back(fault.pointer + ": " + fault.detail.en);
  return faults;
}

json with(char const* pointer, json value) {
  json document = shipped_policy_document();
  document[json::json_pointer(pointer)] = std::move(value);
  return document;
}

struct Wrong {
  char const* pointer;
  json value;
  char const* fault;
};

class FaultyPolicy : public testing::TestWithParam<Wrong> {};

TEST_P(FaultyPolicy, IsRefusedWithThePlace) {
  EXPECT_THAT(faults_of(with(GetParam().pointer, GetParam().value)),
              testing::Contains(testing::HasSubstr(GetParam().fault)));
}

INSTANTIATE_TEST_SUITE_P(
    Policy, FaultyPolicy,
    testing::Values(
        Wrong{"/$schema", "xiaohao-policy/2", "/$schema: must be xiaohao-policy/1"},
        Wrong{"/escalation/surprise", 1, "/escalation/surprise: is not a known field"},
        Wrong{"/escalation/ladders/0/steps/3/to",
              {"ownr"},
              "/escalation/ladders/0/steps/3/to: ownr is no audience"},
        Wrong{"/escalation/ladders/0/steps/3/to", json::array(), "/to: must name at least one audience"},
        Wrong{"/escalation/ladders/0/steps/3/channels", {"fax"}, "/channels: fax is no channel"},
        Wrong{"/escalation/ladders/0/steps/3/text", "urgent", "/text: there is no text urgent"},
        Wrong{"/escalation/ladders/0/steps/3/id", "remind-7", "/steps/3/id: remind-7 stands twice"},
        Wrong{"/escalation/ladders/0/steps/3/id", "a/b", "/steps/3/id: must not contain / or #"},
        Wrong{"/escalation/ladders/0/steps/3/at", "8:37", "/at: must be a time of day"},
        Wrong{"/escalation/ladders/0/steps/3/at", "24:00", "/at: must be a time of day"},
        Wrong{"/escalation/ladders/0/steps/3/stops", {"bored"}, "/stops: bored is no stop"},
        Wrong{"/escalation/ladders/0/steps/3/misfire", "forget",
              "/misfire: must be one of apply, skip, fold"},
        Wrong{"/escalation/ladders/0/steps/3/offset", {{"weeks", 1}}, "/offset/weeks: is not a known field"},
        Wrong{"/escalation/ladders/0/steps/3/offset", {{"days", 1}, {"hours", 1}}, "/offset: must be one of"},
        Wrong{"/escalation/ladders/0/steps/3/offset", {{"days", 4000}}, "/offset/days"},
        Wrong{"/escalation/ladders/0/steps/3/repeat",
              {{"every", {{"days", 1}}}, {"times", 2}},
              "/repeat/every: must have the unit"},
        Wrong{"/escalation/ladders/0/applies_to/kinds/0", "Chore", "/applies_to/kinds: Chore is no kind"},
        Wrong{"/escalation/texts/urge/subject/zh", "逾期{dayslate}天",
              "/zh: has the unknown placeholder {dayslate}"},
        Wrong{"/escalation/texts/urge/body/en", "late }", "/en: has a brace"},
        Wrong{"/escalation/texts/urge/body/en", nullptr, "/escalation/texts/urge/body/en"},
        Wrong{"/escalation/climb/leadership", "owner", "leads round in a circle"},
        Wrong{"/escalation/quiet/morning", "06:00", "/escalation/quiet/morning: lies in the quiet hours"},
        Wrong{"/escalation/occasions", json::object(), "/escalation/occasions: must have `other`"}));

TEST(Policy, RepeatsAStepUntilItIsAcknowledged) {
  auto const policy = read_policy(
      with("/escalation/ladders/0/steps/3/repeat", {{"every", {{"working_days", 1}}}, {"times", 2}}));
  ASSERT_TRUE(policy.has_value());
  std::vector<std::string> ids;
  for (Step const& step : policy->ladders.front().steps) ids.push_back(step.id);
  EXPECT_THAT(ids, testing::ElementsAre("remind-7", "remind-3", "remind-1", "urge", "urge#2", "urge#3",
                                        "supervise", "circulate", "special_letter", "summon"));
}

TEST(Policy, GivesACampaignALadderOfItsOwn) {
  json document = shipped_policy_document();
  json own = document["escalation"]["ladders"][0];
  own["name"] = "夏季";
  own["applies_to"]["campaigns"] = {"夏季提升"};
  document["escalation"]["ladders"].insert(document["escalation"]["ladders"].begin(), own);
  Policy const policy = read_policy(document).value();
  WorkItem item = County().share("2024-06-30");
  EXPECT_EQ(policy.ladder_of(item)->name, "default");
  item.definition.campaigns = {"夏季提升"};
  EXPECT_EQ(policy.ladder_of(item)->name, "夏季");
}

TEST(Policy, NeverSendsAReminderAfterWhatItRemindsOf) {
  json document = shipped_policy_document();
  document["escalation"]["ladders"][0]["steps"][2]["offset"] = {{"days", -1}};
  document["escalation"]["ladders"][0]["steps"][3]["offset"] = {{"hours", 2}};
  Ladder const ladder(read_policy(document).value(), workflows::shipped_calendar().value());
  WorkItem const item = County().share("2024-06-16");  // a Sunday
  auto const reminder = ladder.next_step(item, at("2024-06-13T12:00:00"));
  EXPECT_EQ(reminder->name, "remind-1");
  EXPECT_EQ(reminder->at, at("2024-06-14T08:37:00"));  // Saturday the 15th moves back to Friday
  auto const urge = ladder.next_step(item, reminder->at);
  EXPECT_EQ(urge->at, at("2024-06-17T08:37:00"));  // two at night moves on to the morning
}

}  // namespace
}  // namespace xiaohao::notifications
