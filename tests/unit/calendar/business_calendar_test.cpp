#include "engine/calendar/business_calendar.hpp"

#include <gmock/gmock.h>

#include "tests/unit/calendar/shipped_calendar.hpp"

namespace xiaohao::calendar {
namespace {

Date day(char const* text) { return parse_date(text).value(); }

TEST(BusinessCalendar, WorksOnTheSundayBeforeTheSpringFestivalOf2024) {
  EXPECT_TRUE(shipped_calendar().is_working_day(day("2024-02-04")));   // 调休, a Sunday
  EXPECT_FALSE(shipped_calendar().is_working_day(day("2024-02-12")));  // 春节, a Monday
}

TEST(BusinessCalendar, CountsOverTheNationalHoliday) {
  EXPECT_EQ(shipped_calendar().add_working_days(day("2024-09-30"), 1), day("2024-10-08"));
  EXPECT_EQ(shipped_calendar().add_working_days(day("2024-10-08"), -1), day("2024-09-30"));
}

TEST(BusinessCalendar, KnowsWhichYearsItHas) {
  EXPECT_TRUE(shipped_calendar().has_year(2026));
  EXPECT_FALSE(shipped_calendar().has_year(2027));
}

TEST(BusinessCalendar, RefusesDaysThatContradictEachOther) {
  auto const document = json::read(R"({"$schema":"xiaohao-calendar/1","years":[{"year":2024,
    "holidays":[{"date":"2024-02-10","name":"春节"},{"date":"2023-01-01","name":"元旦"}],
    "workdays":[{"date":"2024-02-10","name":"春节"},{"date":"2024-02-05","name":"春节"}]}]})");
  auto const calendar = BusinessCalendar::read(document.value());
  ASSERT_FALSE(calendar.has_value());
  std::vector<std::string> pointers;
  for (Fault const& fault : calendar.error().faults) pointers.push_back(fault.pointer);
  EXPECT_THAT(pointers, testing::UnorderedElementsAre("/years/0/holidays/1/date", "/years/0/workdays/0/date",
                                                      "/years/0/workdays/1/date"));
}

}  // namespace
}  // namespace xiaohao::calendar
