#include "engine/decision/delays.hpp"

#include <gmock/gmock.h>

#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {
namespace {

struct Ends {
  std::string delay, entered, ends;  // empty: never
};
void PrintTo(Ends const& ends, std::ostream* out) { *out << ends.delay << " entered " << ends.entered; }

/// 安居扶贫巩固提升: starts on 8 January, due on 31 October 2024 (a Thursday), with the National Day holiday
/// and its make-up working days in between.
class Delay : public testing::TestWithParam<Ends> {};
TEST_P(Delay, EndsByTheItemsScheduleAndTheWorkingDays) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  share.definition.schedule.start = parse_date("2024-01-08").value();
  auto const now = parse_instant(GetParam().entered + ":00+08:00").value();
  auto const end = end_of_delay(GetParam().delay, now, share.definition, share.status, county.rules);
  EXPECT_TRUE(is_named_delay(GetParam().delay));
  EXPECT_EQ(end ? to_string(*end).substr(0, 16) : "", GetParam().ends);
}
INSTANTIATE_TEST_SUITE_P(
    Named, Delay,
    testing::Values(Ends{"due", "2024-10-08T09:00", "2024-11-01T00:00"},
                    Ends{"due-3wd", "2024-10-08T09:00", "2024-10-29T00:00"},  // 29, 30 and 31 are left
                    Ends{"due-3d", "2024-10-08T09:00", "2024-10-29T00:00"},
                    Ends{"due-15wd", "2024-09-01T09:00", "2024-10-12T00:00"},  // Saturday the 12th is worked
                    Ends{"due+1wd", "2024-10-08T09:00", "2024-11-02T00:00"},
                    Ends{"due-3wd", "2024-11-20T09:00", "2024-11-20T09:00"},  // over already: at once
                    Ends{"start", "2024-01-02T09:00", "2024-01-08T00:00"},
                    Ends{"start+3wd", "2024-01-02T09:00", "2024-01-11T00:00"},
                    Ends{"3wd", "2024-09-29T09:00", "2024-10-10T00:00"},  // 30 September, 8 and 9 October
                    Ends{"publicity", "2024-10-08T09:00", "2024-10-15T09:00"}));

TEST(Delay, OfAnItemWithoutADueDateNeverEnds) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  share.status.due.reset();
  EXPECT_FALSE(end_of_delay("due-3wd", county.now, share.definition, share.status, county.rules).has_value());
}

TEST(Delay, OfAnotherNameIsUnknown) {
  for (char const* name : {"due-", "due3wd", "due-3", "due-3w", "due--3wd", "0wd", "3d", "wd", "due-1000wd",
                           "publicity+1wd", "started", ""})
    EXPECT_FALSE(is_named_delay(name)) << name;
}

TEST(Extension, MovesTheDelaysThatAreCountedFromTheDueDate) {
  SmallCounty county;
  county.rules.lifecycles.at("assignment/2") =
      statechart::load(json::read_ordered(
                           R"({"id":"assignment","type":"parallel","states":{
                "work":{"initial":"issued","states":{
                  "issued":{"on":{"accept":"in_progress"}},
                  "in_progress":{"after":{"due-3wd":{"actions":{"type":"notify","params":{"occasion":"soon","audience":"owner"}}},"P1D":{}}}}},
                "extension":{"initial":"none","states":{
                  "none":{"on":{"extension.request":{"target":"requested","actions":"record_extension_request"}}},
                  "requested":{"on":{"extension.grant":{"target":"none","actions":"grant_extension"}}}}}}})")
                           .value())
          .value();
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  Decision const accepted = county.send(share, "owner-zhujianju", "accept").value();
  ASSERT_EQ(accepted.delays.size(), 2u);
  EXPECT_EQ(to_string(accepted.delays[0].due).substr(0, 10), "2024-10-29");
  county.must(share, "owner-zhujianju", "accept");
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-29"}, {"reason", "雨"}});
  Decision const granted = county.send(share, "coordinator", "extension.grant").value();
  ASSERT_EQ(granted.delays.size(), 1u);
  EXPECT_EQ(to_string(granted.delays[0].due).substr(0, 10), "2024-11-27");
  EXPECT_THAT(granted.delays_cancelled, testing::ElementsAre(granted.delays[0].event));
}

}  // namespace
}  // namespace xiaohao::decision
