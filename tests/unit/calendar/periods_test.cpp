// Periods of a recurring duty, made one from the other.

#include "engine/calendar/periods.hpp"

#include <gmock/gmock.h>

namespace xiaohao::calendar {
namespace {

Date day(char const* text) { return parse_date(text).value(); }
Date const new_year = day("2024-01-01"), old_year = day("2024-12-31");

std::vector<Period> chain(char const* rule, Date first = new_year, Date last = old_year) {
  Series const series = series_of(rule, first, last).value();
  std::vector<Period> periods;
  for (auto period = series.first; period; period = period_after(series.rule, period->due))
    periods.push_back(*period);
  return periods;
}

class Rhythm : public testing::TestWithParam<char const*> {};

TEST_P(Rhythm, MadeOneAtATimeIsTheRulesOwnDaysWithoutAGap) {
  auto const all = occurrences(GetParam(), new_year, old_year).value();
  auto const periods = chain(GetParam());
  ASSERT_EQ(periods.size(), all.size());
  Date begins = new_year;
  for (std::size_t at = 0; at < all.size(); ++at) {
    EXPECT_EQ(periods[at].due, all[at]);
    EXPECT_EQ(periods[at].start, begins);
    begins = add_days(all[at], 1);
  }
}
INSTANTIATE_TEST_SUITE_P(OfPhrases, Rhythm,
                         testing::Values("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
                                         "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=25",
                                         "FREQ=MONTHLY;BYMONTHDAY=5,20",
                                         "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "FREQ=WEEKLY;BYDAY=FR",
                                         "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
                                         "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR",
                                         "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "FREQ=DAILY;INTERVAL=10",
                                         "FREQ=MONTHLY;BYMONTHDAY=15,-1"));

TEST(Periods, AreCalledByTheLargestUnitThatTellsThemApart) {
  EXPECT_EQ(chain("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")[1].name, "二季度");
  EXPECT_EQ(chain("FREQ=MONTHLY;BYMONTHDAY=25")[2].name, "3月");
  EXPECT_EQ(chain("FREQ=MONTHLY;BYMONTHDAY=5,20")[4].name, "3月5日");
}

TEST(Periods, StayWithinTheTimeThatThePhraseNames) {
  auto const periods = chain("FREQ=MONTHLY;BYMONTHDAY=-1", day("2024-03-01"), day("2024-10-31"));
  ASSERT_EQ(periods.size(), 8u);
  EXPECT_EQ(periods.front(), (Period{"3月", day("2024-03-01"), day("2024-03-31")}));
  EXPECT_EQ(periods.back().due, day("2024-10-31"));
}

TEST(Periods, KeepTheirRuleWithTheDayUntilWhichItLasts) {
  EXPECT_EQ(to_string(series_of("FREQ=MONTHLY;BYMONTHDAY=25", new_year, old_year).value().rule),
            "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20241231");
}

TEST(Periods, OfEachDayAreRefusedAsNoCheckpoints) {
  auto const daily = series_of("FREQ=DAILY", new_year, old_year);
  ASSERT_FALSE(daily);
  EXPECT_THAT(daily.error().first().detail.en, testing::HasSubstr("weekly is the most"));
}

TEST(Periods, AreNoneWhereNoneEndsInTime) {
  EXPECT_FALSE(series_of("FREQ=MONTHLY;BYMONTHDAY=-1", day("2024-03-01"), day("2024-03-15"))->first);
}

}  // namespace
}  // namespace xiaohao::calendar
