#include "engine/calendar/deadline_phrase.hpp"

#include <gmock/gmock.h>

#include "tests/unit/calendar/convention_table.hpp"
#include "tests/unit/calendar/shipped_calendar.hpp"

namespace xiaohao::calendar {
namespace {

std::string written(std::optional<Date> date) { return date ? to_string(*date) : ""; }

PhraseContext context_of(Row const& row) {
  PhraseContext context{std::stoi(row.year), std::nullopt, &shipped_calendar()};
  if (!row.reference.empty()) context.reference = parse_date(row.reference).value();
  return context;
}

void expect_kept(Row const& row) {
  SCOPED_TRACE(testing::PrintToString(row));
  auto const reading = try_deadline(row.phrase, context_of(row));
  if (row.kind == "error") {
    ASSERT_FALSE(reading.has_value()) << reading->explanation.en;
    EXPECT_EQ(to_string(reading.error().trouble), row.of_class) << reading.error().detail.en;
    EXPECT_THAT(reading.error().detail.en, testing::HasSubstr("; ")) << "says what would be right";
    EXPECT_FALSE(reading.error().detail.zh.empty());
    return;
  }
  ASSERT_TRUE(reading.has_value()) << reading.error().detail.en;
  Schedule const& schedule = reading->schedule;
  EXPECT_EQ(to_string(schedule.kind), row.kind);
  if (row.start != "*") {
    EXPECT_EQ(written(schedule.start), row.start);
  }
  if (row.due != "*") {
    EXPECT_EQ(written(schedule.due), row.due);
  }
  EXPECT_EQ(schedule.recurrence.value_or(""), row.recurrence);
  EXPECT_EQ(schedule.soft, row.soft == "true");
  EXPECT_EQ(schedule.phrase, row.phrase);
}

class Convention : public testing::TestWithParam<Row> {};
TEST_P(Convention, IsKept) { expect_kept(GetParam()); }
INSTANTIATE_TEST_SUITE_P(Table, Convention, testing::ValuesIn(rows_of("deadline-phrases.tsv")));

TEST(Conventions, AreAllShown) { EXPECT_EQ(rows_of("deadline-phrases.tsv").size(), 120u); }

TEST(Conventions, HoldForPhrasesThatTheirTableDoesNotShow) {
  std::vector<Row> const rows = rows_of("further-deadline-phrases.tsv");
  EXPECT_GT(rows.size(), 1000u);
  for (Row const& row : rows) expect_kept(row);
}

struct Reads {
  std::string phrase, due;
};
class Plan2024 : public testing::TestWithParam<Reads> {};
TEST_P(Plan2024, SaysWhenItIsDue) {
  auto const reading = read_deadline(GetParam().phrase, {2024, std::nullopt, &shipped_calendar()});
  ASSERT_TRUE(reading.has_value()) << reading.error().first().detail.en;
  EXPECT_EQ(written(reading->schedule.due), GetParam().due);
}
INSTANTIATE_TEST_SUITE_P(
    Phrases, Plan2024,
    testing::Values(Reads{"2月底", "2024-02-29"}, Reads{"5月底前", "2024-05-31"},
                    Reads{"9月15日", "2024-09-15"}, Reads{"6月", "2024-06-30"}, Reads{"全年", "2024-12-31"},
                    Reads{"春节前后", "2024-02-24"}, Reads{"3月份", "2024-03-31"},
                    Reads{"10.17", "2024-10-17"}, Reads{"“10.17扶贫日”", "2024-10-17"},
                    Reads{"以季度为单位", "2024-12-31"}, Reads{"3月底确定名单，3月启动", "2024-03-31"},
                    Reads{"5月底前全面完成上年度项目建设扫尾工程", "2024-05-31"},
                    Reads{"12月底", "2024-12-31"}, Reads{"10月中旬前", "2024-10-20"},
                    Reads{"12月31日24时前", "2024-12-31"}, Reads{"9月15前", "2024-09-15"},
                    Reads{"10·17", "2024-10-17"}, Reads{"每月一调度", "2024-12-31"},
                    Reads{"每周一至周五", "2024-12-31"}));

struct Refused {
  std::string phrase, because;
};
class NoDeadline : public testing::TestWithParam<Refused> {};
TEST_P(NoDeadline, IsRefusedWithTheReason) {
  auto const reading = read_deadline(GetParam().phrase, {2024, std::nullopt, &shipped_calendar()});
  ASSERT_FALSE(reading.has_value()) << reading->explanation.en;
  EXPECT_THAT(reading.error().first().detail.en, testing::HasSubstr(GetParam().because));
}
INSTANTIATE_TEST_SUITE_P(
    Phrases, NoDeadline,
    testing::Values(Refused{"2月30日", "29 days"}, Refused{"⽉底", "U+2F49"},
                    Refused{"2\u200b月底", "U+200B"}, Refused{"\xff", "UTF-8"},
                    Refused{std::string(1 << 20, '1'), "too long"}, Refused{"99999年5月", "four digits"},
                    Refused{"0年5月", "four digits"}, Refused{"10个工作日内", "reference"},
                    Refused{"3月底或4月底", "cannot read"}, Refused{"每月2次", "name the dates"},
                    Refused{"5月左右", "cannot be fixed"}, Refused{"年初", "cannot be fixed"},
                    Refused{"24年5月", "four digits"}, Refused{"3-5", "a range of months"},
                    Refused{"2024年5月31日（周六）", "day of the week"}));

TEST(Explanation, SaysSoWhereAYearHasNoHolidays) {
  auto const reading =
      read_deadline("10个工作日内", {2030, parse_date("2030-01-02").value(), &shipped_calendar()});
  ASSERT_TRUE(reading.has_value());
  EXPECT_THAT(reading->explanation.en, testing::HasSubstr("weekends alone"));
}

TEST(Explanation, NamesEachYearThatHasNone) {
  auto const reading = read_deadline("15日内", {2026, parse_date("2026-12-25").value(), &shipped_calendar()});
  ASSERT_TRUE(reading.has_value());
  EXPECT_THAT(reading->explanation.en, testing::HasSubstr("no holiday calendar for 2027"));
  EXPECT_THAT(reading->explanation.en, testing::Not(testing::HasSubstr("for 2026")));
}

TEST(Explanation, SaysWhatWasLeftOut) {
  auto const reading = read_deadline("9月15日18时前", {2024, std::nullopt, &shipped_calendar()});
  ASSERT_TRUE(reading.has_value());
  EXPECT_THAT(reading->explanation.zh, testing::HasSubstr("“18时”未计入"));
}

}  // namespace
}  // namespace xiaohao::calendar
