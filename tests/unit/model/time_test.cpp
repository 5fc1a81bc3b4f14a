#include "engine/model/time.hpp"

#include <gmock/gmock.h>

namespace xiaohao {
namespace {

using namespace std::chrono;

Date date(int y, unsigned m, unsigned d) { return year{y} / month{m} / day{d}; }

TEST(Dates, ADueDayOfTheLeapYearLastsUntilMidnightInShanghai) {
  Instant const end = end_of_day(date(2024, 2, 29));
  EXPECT_EQ(to_string(end), "2024-03-01T00:00:00.000+08:00");
  EXPECT_EQ(end, parse_instant("2024-02-29T16:00:00Z").value());
  EXPECT_EQ(local_date(end - milliseconds{1}), date(2024, 2, 29));
  EXPECT_EQ(local_date(end), date(2024, 3, 1));
}

TEST(Dates, AreCountedByTheCalendarAndNotBySeconds) {
  EXPECT_EQ(add_days(date(2024, 2, 28), 2), date(2024, 3, 1));
  EXPECT_EQ(days_between(date(2024, 1, 1), date(2025, 1, 1)), 366);
  EXPECT_EQ(weekday_of(date(2024, 2, 29)), Thursday);
}

class ReadsDate : public testing::TestWithParam<std::string> {};
TEST_P(ReadsDate, AndWritesTheSame) { EXPECT_EQ(to_string(parse_date(GetParam()).value()), GetParam()); }
INSTANTIATE_TEST_SUITE_P(Plan2024, ReadsDate,
                         testing::Values("2024-02-29", "2024-12-31", "0001-01-01", "9999-12-31"));

class RefusesDate : public testing::TestWithParam<std::string> {};
TEST_P(RefusesDate, AsMalformed) {
  auto const read = parse_date(GetParam());
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().reason, Reason::Malformed);
}
INSTANTIATE_TEST_SUITE_P(Dates, RefusesDate,
                         testing::Values("2023-02-29", "2024-2-9", "2024-13-01", "0000-01-01", "2024-02-29 ",
                                         "", "２０２４-01-01"));

TEST(Instants, CarryTheirOffset) {
  EXPECT_EQ(parse_instant("2024-03-01T00:00:00+08:00"), parse_instant("2024-02-29T16:00:00.000Z"));
  EXPECT_EQ(to_string(parse_instant("2024-02-29T23:59:59.5+08:00").value()), "2024-02-29T23:59:59.500+08:00");
  for (char const* wrong : {"2024-02-29T08:00:00", "2024-02-30T08:00:00Z", "2024-02-29T24:00:00Z",
                            "2024-02-29T08:00:00+8:00", "now"})
    EXPECT_FALSE(parse_instant(wrong).has_value()) << wrong;
}

TEST(Durations, AreOfFixedLength) {
  EXPECT_EQ(parse_duration("P3D").value(), days{3});
  EXPECT_EQ(parse_duration("P1W").value(), days{7});
  EXPECT_EQ(parse_duration("P1DT2H3M4S").value(), days{1} + hours{2} + minutes{3} + seconds{4});
  for (char const* wrong : {"P1M", "P1Y", "PT", "P", "P1DT", "3D", "P-1D", "P1D ", "PT1S1H", "P9999999999D"})
    EXPECT_FALSE(parse_duration(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace xiaohao
