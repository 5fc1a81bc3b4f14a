#include "engine/calendar/recurrence.hpp"

#include <gmock/gmock.h>

#include "tests/unit/calendar/random.hpp"

namespace xiaohao::calendar {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Date day(char const* text) { return parse_date(text).value(); }

std::vector<std::string> days_of(std::string_view rule, char const* anchor, char const* from,
                                 char const* to) {
  std::vector<std::string> days;
  for (Date date : occurrences(RecurrenceRule::read(rule).value(), day(anchor), day(from), day(to)))
    days.push_back(to_string(date));
  return days;
}

std::vector<std::string> in_2024(std::string_view rule) {
  return days_of(rule, "2024-01-01", "2024-01-01", "2024-12-31");
}

TEST(Recurrence, OfAQuarterFallsOnItsLastDay) {
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
              ElementsAre("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"));
}

TEST(Recurrence, LeavesOutMonthsWithoutTheDay) {
  EXPECT_THAT(days_of("FREQ=MONTHLY;BYMONTHDAY=30", "2024-01-01", "2024-01-01", "2024-04-30"),
              ElementsAre("2024-01-30", "2024-03-30", "2024-04-30"));
  EXPECT_THAT(days_of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2023-01-01", "2023-01-01", "2030-12-31"),
              ElementsAre("2024-02-29", "2028-02-29"));
}

TEST(Recurrence, OfMonthsHalfYearsYearsAndDays) {
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=-1"), testing::Contains("2024-02-29"));
  EXPECT_THAT(in_2024("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"), ElementsAre("2024-06-30", "2024-12-31"));
  EXPECT_THAT(in_2024("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"), ElementsAre("2024-12-31"));
  EXPECT_THAT(in_2024("FREQ=WEEKLY;BYDAY=FR"), SizeIs(52));
  EXPECT_THAT(in_2024("FREQ=DAILY;INTERVAL=2"), SizeIs(183));
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=5,20"), SizeIs(24));
}

TEST(Recurrence, EverySecondWeekCountsFromTheWeekOfTheAnchor) {
  EXPECT_THAT(days_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "2024-01-01", "2024-01-01", "2024-02-11"),
              ElementsAre("2024-01-07", "2024-01-21", "2024-02-04"));
  EXPECT_THAT(days_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2024-01-03", "2024-01-01", "2024-01-20"),
              ElementsAre("2024-01-05", "2024-01-15", "2024-01-19"));
}

TEST(Recurrence, FindsTheLastFridayAndTheThirdMondayOfAMonth) {
  EXPECT_THAT(days_of("FREQ=MONTHLY;BYDAY=-1FR", "2024-01-01", "2024-01-01", "2024-03-31"),
              ElementsAre("2024-01-26", "2024-02-23", "2024-03-29"));
  EXPECT_THAT(days_of("FREQ=YEARLY;BYMONTH=5;BYDAY=3MO", "2024-01-01", "2024-01-01", "2025-12-31"),
              ElementsAre("2024-05-20", "2025-05-19"));
}

TEST(Recurrence, EndsWithItsCountOrItsLastDay) {
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=25;COUNT=2"), ElementsAre("2024-01-25", "2024-02-25"));
  EXPECT_THAT(in_2024("FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20240325"),
              ElementsAre("2024-01-25", "2024-02-25", "2024-03-25"));
  // A count is kept from the anchor on, wherever one begins to look.
  EXPECT_THAT(days_of("FREQ=DAILY;COUNT=10", "2024-01-01", "2024-01-09", "2024-12-31"),
              ElementsAre("2024-01-09", "2024-01-10"));
}

TEST(Recurrence, TakesFromTheAnchorWhatTheRuleDoesNotSay) {
  EXPECT_THAT(days_of("FREQ=MONTHLY", "2024-01-15", "2024-01-01", "2024-03-31"),
              ElementsAre("2024-01-15", "2024-02-15", "2024-03-15"));
  EXPECT_THAT(days_of("FREQ=YEARLY", "2024-05-20", "2024-01-01", "2025-12-31"),
              ElementsAre("2024-05-20", "2025-05-20"));
  EXPECT_THAT(days_of("FREQ=WEEKLY", "2024-05-20", "2024-05-01", "2024-05-31"),
              ElementsAre("2024-05-20", "2024-05-27"));
}

TEST(Recurrence, KnowsTheNextDayOrThatThereIsNone) {
  auto const quarterly = RecurrenceRule::read("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1").value();
  EXPECT_EQ(next_occurrence(quarterly, day("2024-01-01"), day("2024-03-31")), day("2024-06-30"));
  EXPECT_EQ(next_occurrence(quarterly, day("2024-01-01"), day("1999-01-01")), day("2024-03-31"));
  auto const never = RecurrenceRule::read("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").value();
  EXPECT_EQ(next_occurrence(never, day("2024-01-01"), day("2024-01-01")), std::nullopt);
  EXPECT_EQ(next_occurrence(quarterly, day("2024-01-01"), day("9999-12-31")), std::nullopt);
}

struct Wrong {
  std::string rule, because;
};
class WrongRule : public testing::TestWithParam<Wrong> {};
TEST_P(WrongRule, IsRefusedWithTheReason) {
  auto const rule = RecurrenceRule::read(GetParam().rule);
  ASSERT_FALSE(rule.has_value());
  EXPECT_THAT(rule.error().first().detail.en, testing::HasSubstr(GetParam().because));
  EXPECT_FALSE(rule.error().first().detail.zh.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, WrongRule,
    testing::Values(
        Wrong{"", "is not known"}, Wrong{"BYMONTHDAY=1", "no FREQ"}, Wrong{"FREQ=HOURLY", "does not fit"},
        Wrong{"freq=DAILY", "is not known"}, Wrong{"FREQ=DAILY;", "is not known"},
        Wrong{"FREQ=DAILY;FREQ=DAILY", "stands twice"}, Wrong{"FREQ=DAILY;INTERVAL=0", "does not fit"},
        Wrong{"FREQ=DAILY;INTERVAL=01", "does not fit"}, Wrong{"FREQ=DAILY;INTERVAL=-1", "does not fit"},
        Wrong{"FREQ=DAILY;INTERVAL=99999999999", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=32", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=0", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=-32", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=1,,2", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYMONTHDAY=1 ", "does not fit"}, Wrong{"FREQ=YEARLY;BYMONTH=13", "does not fit"},
        Wrong{"FREQ=WEEKLY;BYDAY=XX", "does not fit"}, Wrong{"FREQ=WEEKLY;BYDAY=1MO", "ordinal"},
        Wrong{"FREQ=DAILY;BYDAY=-1MO", "ordinal"}, Wrong{"FREQ=MONTHLY;BYDAY=6MO", "ordinal"},
        Wrong{"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY in weeks"},
        Wrong{"FREQ=DAILY;COUNT=2;UNTIL=20240101", "both COUNT and UNTIL"},
        Wrong{"FREQ=DAILY;UNTIL=20240230", "does not fit"},
        Wrong{"FREQ=DAILY;UNTIL=20240101T000000Z", "does not fit"},
        Wrong{"FREQ=MONTHLY;BYSETPOS=1", "is not known"}, Wrong{"FREQ=WEEKLY;WKST=SU", "does not fit"},
        Wrong{std::string(1 << 20, 'F'), "too long"}));

RecurrenceRule random_rule(Random& random) {
  RecurrenceRule rule;
  rule.frequency = static_cast<Frequency>(random.between(0, 3));
  bool const by_month = rule.frequency == Frequency::Monthly || rule.frequency == Frequency::Yearly;
  if (random.chance(40)) rule.interval = random.between(1, 5);
  for (int m = 1; m <= 12; ++m)
    if (random.chance(10)) rule.months.push_back(m);
  if (rule.frequency != Frequency::Weekly && random.chance(50))
    for (int d : {1, 5, 15, 28, 29, 30, 31, -31, -30, -2, -1})
      if (random.chance(25)) rule.month_days.push_back(d);
  if (random.chance(40))
    for (int ordinal : {-5, -1, 0, 1, 3, 5})
      if (ordinal == 0 || by_month)
        for (int number = 1; number <= 7; ++number)
          if (random.chance(12)) rule.weekdays.push_back({ordinal, number});
  if (random.chance(20))
    rule.count = random.between(1, 30);
  else if (random.chance(20))
    rule.until = add_days(day("2024-01-01"), random.between(0, 900));
  return rule;
}

TEST(RandomRules, PrintAsTextThatReadsTheSame) {
  Random random(3);
  for (int round = 0; round < 1000; ++round) {
    RecurrenceRule const rule = random_rule(random);
    auto const again = RecurrenceRule::read(to_string(rule));
    ASSERT_TRUE(again.has_value()) << to_string(rule) << again.error().first().detail.en;
    EXPECT_EQ(*again, rule) << to_string(rule);
  }
}

TEST(RandomRules, GiveTheSameDaysInOneWindowAsInItsParts) {
  Random random(5);
  for (int round = 0; round < 150; ++round) {
    RecurrenceRule const rule = random_rule(random);
    Date const anchor = add_days(day("2023-06-01"), random.between(0, 400));
    Date const from = add_days(anchor, random.between(-200, 400)),
               middle = add_days(from, random.between(0, 300));
    Date const to = add_days(middle, random.between(1, 300));
    auto whole = occurrences(rule, anchor, from, to);
    auto parts = occurrences(rule, anchor, from, middle);
    for (Date date : occurrences(rule, anchor, add_days(middle, 1), to)) parts.push_back(date);
    EXPECT_EQ(whole, parts) << to_string(rule);
    EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
    // And one at a time, as timers ask for them.
    std::vector<Date> one_by_one;
    for (auto next = next_occurrence(rule, anchor, add_days(from, -1)); next && *next <= to;
         next = next_occurrence(rule, anchor, *next))
      one_by_one.push_back(*next);
    EXPECT_EQ(whole, one_by_one) << to_string(rule);
  }
}

}  // namespace
}  // namespace xiaohao::calendar
