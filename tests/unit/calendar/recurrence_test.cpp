#include "engine/calendar/recurrence.hpp"

#include <gmock/gmock.h>

namespace xiaohao::calendar {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Date day(char const* text) { return parse_date(text).value(); }

std::vector<std::string> in_2024(char const* rule) {
  std::vector<std::string> dates;
  auto const found = occurrences(rule, day("2024-01-01"), day("2024-12-31"));
  for (Date date : found.value()) dates.push_back(to_string(date));
  return dates;
}

TEST(Recurrence, OfQuarterEndsHasFourDays) {
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
              ElementsAre("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"));
}

TEST(Recurrence, OfMonthEndsKnowsThat2024IsALeapYear) {
  auto const dates = in_2024("FREQ=MONTHLY;BYMONTHDAY=-1");
  ASSERT_THAT(dates, SizeIs(12));
  EXPECT_EQ(dates[1], "2024-02-29");
}

TEST(Recurrence, LeavesOutADayThatAMonthDoesNotHave) {
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=31"), SizeIs(7));
}

TEST(Recurrence, CountsWeeksFromMondayAndIntervalsFromTheFirstDay) {
  auto const fridays = in_2024("FREQ=WEEKLY;BYDAY=FR");
  EXPECT_THAT(fridays, SizeIs(52));
  EXPECT_EQ(fridays[0], "2024-01-05");
  auto const every_second_sunday = in_2024("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU");
  EXPECT_EQ(every_second_sunday[0], "2024-01-07");
  EXPECT_EQ(every_second_sunday[1], "2024-01-21");
}

TEST(Recurrence, OfHalfYearsYearsAndDays) {
  EXPECT_THAT(in_2024("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"), ElementsAre("2024-06-30", "2024-12-31"));
  EXPECT_THAT(in_2024("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"), ElementsAre("2024-12-31"));
  EXPECT_THAT(in_2024("FREQ=DAILY"), SizeIs(366));
  EXPECT_THAT(in_2024("FREQ=DAILY;INTERVAL=2"), SizeIs(183));
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=5,20"), SizeIs(24));
}

TEST(Recurrence, RefusesWhatNoDeadlinePhraseMakes) {
  for (char const* rule :
       {"", "FREQ", "FREQ=HOURLY", "FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;UNTIL=20240401", "BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTH=13", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1,2", "FREQ=MONTHLY;BYMONTHDAY=1;"})
    EXPECT_FALSE(occurrences(rule, day("2024-01-01"), day("2024-12-31"))) << rule;
}

}  // namespace
}  // namespace xiaohao::calendar
