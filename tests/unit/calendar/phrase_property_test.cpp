// What holds for every phrase: spellings do not matter, a schedule prints back as a phrase of its own, and
// whatever is pasted gets an answer at once.

#include <chrono>
#include <gmock/gmock.h>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/phrase_of.hpp"
#include "engine/calendar/recurrence.hpp"
#include "tests/unit/calendar/convention_table.hpp"
#include "tests/unit/calendar/shipped_calendar.hpp"
#include "tests/unit/calendar/spelling.hpp"

namespace xiaohao::calendar {
namespace {

std::string written(std::optional<Date> date) { return date ? to_string(*date) : "-"; }
std::string written(Schedule const& s) {
  return std::string(to_string(s.kind)) + " " + written(s.start) + " " + written(s.due) + " " +
         s.recurrence.value_or("-") + (s.soft ? " soft" : "");
}

/// Holds a schedule that was read against the phrase that it prints as.
void expect_prints_back(Schedule const& schedule) {
  auto const phrase = phrase_of(schedule);
  ASSERT_TRUE(phrase.has_value()) << "no phrase for " << written(schedule);
  // In another year and without a reference: the phrase says all of it.
  PhraseContext elsewhere{1999, std::nullopt, &shipped_calendar()};
  auto const again = try_deadline(*phrase, elsewhere);
  ASSERT_TRUE(again.has_value()) << *phrase << ": " << again.error().detail.en;
  EXPECT_EQ(written(again->schedule), written(schedule)) << *phrase;
}

void expect_sound(Read<Reading> const& reading) {
  if (!reading) {
    EXPECT_FALSE(reading.error().detail.zh.empty());
    EXPECT_THAT(reading.error().detail.en, testing::HasSubstr("; "));
    return;
  }
  Schedule const& s = reading->schedule;
  for (auto const& date : {s.start, s.due})
    if (date) {
      EXPECT_TRUE(date->ok() && static_cast<int>(date->year()) >= 1 &&
                  static_cast<int>(date->year()) <= 9999);
    }
  if (s.start && s.due) {
    EXPECT_LE(*s.start, *s.due);
  }
  EXPECT_FALSE(reading->explanation.zh.empty());
  EXPECT_FALSE(reading->explanation.en.empty());
  if (s.recurrence) {
    auto const rule = RecurrenceRule::read(*s.recurrence);
    ASSERT_TRUE(rule.has_value()) << *s.recurrence;
    EXPECT_EQ(to_string(*rule), *s.recurrence) << "phrases print rules in one spelling";
  }
  expect_prints_back(s);
}

TEST(Spelling, DoesNotChangeWhatAPhraseMeans) {
  Random random(20240101);
  for (int round = 0; round < 2000 && !testing::Test::HasFailure(); ++round) {
    Spelt const spelt = spell(random, 2024);
    SCOPED_TRACE(spelt.phrase + " from " + written(spelt.reference));
    auto const reading = try_deadline(spelt.phrase, {2024, spelt.reference, nullptr});
    ASSERT_TRUE(reading.has_value()) << reading.error().detail.en;
    EXPECT_EQ(written(reading->schedule), written(spelt.means));
  }
}

TEST(Schedules, PrintBackAsPhrasesThatReadTheSame) {
  int read = 0;
  for (char const* table : {"deadline-phrases.tsv", "further-deadline-phrases.tsv"})
    for (Row const& row : rows_of(table)) {
      SCOPED_TRACE(testing::PrintToString(row));
      PhraseContext context{std::stoi(row.year), std::nullopt, &shipped_calendar()};
      if (!row.reference.empty()) context.reference = parse_date(row.reference).value();
      auto const reading = try_deadline(row.phrase, context);
      expect_sound(reading);
      if (reading) ++read;
    }
  EXPECT_GT(read, 900);
}

TEST(Schedules, ThatNoPhraseMakesPrintAsNone) {
  Date const day = parse_date("2024-05-15").value();
  EXPECT_EQ(phrase_of({"", ScheduleKind::MonthEnd, {}, day, {}, false}), std::nullopt);
  EXPECT_EQ(phrase_of({"", ScheduleKind::Date, {}, {}, {}, false}), std::nullopt);
  EXPECT_EQ(
      phrase_of({"", ScheduleKind::Recurrence, day, day, "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;COUNT=3", false}),
      std::nullopt);
}

/// Words of the language in any order: most of it is nonsense, and some of it makes sense that nobody thought
/// of.
TEST(AnyWords, GetAnAnswerThatHolds) {
  std::vector<std::string> const words{
      "2024年",   "今年",       "次年",   "明年",       "5月",    "月",     "十二月",    "31日",  "25日",
      "日",       "1",          "一",     "三",         "底",     "末",     "前",        "之前",  "后",
      "起",       "至",         "到",     "-",          "～",     "内",     "每",        "每月",  "每周",
      "每季度",   "每年",       "每两周", "首月",       "末月",   "一、三", "周五",      "至少",  "一次",
      "第一",     "个",         "季度",   "上半年",     "全年",   "年内",   "年底",      "年",    "上旬",
      "中旬",     "本月",       "下周",   "收到通知后", "之日起", "10个",   "工作日",    "15",    "天",
      "个月",     "半年",       "春节",   "国庆节",     "五一",   "期间",   "前后",      "力争",  "原则上",
      "务必于",   "截至",       "不迟于", "完成",       "报送",   "，",     "、",        "。",    "（",
      "）",       "长期",       "持续",   "立行立改",   "定期",   "适时",   "2024.5.31", "10.17", "5/31",
      "20240531", "（星期五）", "24时",   "18:00",      "当日",   "月底",   "自",        "从",    "于",
      "最后一天", "单月",       "隔",     "半",         "一月一", "零"};
  Random random(7);
  Date const reference = parse_date("2024-02-29").value();
  int read = 0;
  for (int round = 0; round < 2'000 && !testing::Test::HasFailure(); ++round) {
    std::string phrase;
    for (int left = random.between(1, 6); left > 0; --left) phrase += random.among(words);
    SCOPED_TRACE(phrase);
    auto const reading = try_deadline(phrase, {2024, reference, &shipped_calendar()});
    expect_sound(reading);
    if (reading) ++read;
  }
  EXPECT_GT(read, 50) << "the words must make sense now and then, or this shows nothing";
}

TEST(AnyBytes, GetAnAnswer) {
  std::vector<Row> const rows = rows_of("further-deadline-phrases.tsv");
  Random random(11);
  for (int round = 0; round < 1'000 && !testing::Test::HasFailure(); ++round) {
    std::string phrase = random.among(rows).phrase + (random.chance(30) ? random.among(rows).phrase : "");
    for (int left = random.between(1, 3); left > 0 && !phrase.empty(); --left) {
      auto const at = static_cast<std::size_t>(random.between(0, static_cast<int>(phrase.size()) - 1));
      if (random.chance(50))
        phrase.erase(at, static_cast<std::size_t>(random.between(1, 4)));
      else
        phrase.insert(at, 1, static_cast<char>(random.between(0, 255)));
    }
    SCOPED_TRACE(phrase);
    expect_sound(try_deadline(phrase, {2024, parse_date("2024-02-29").value(), &shipped_calendar()}));
  }
}

TEST(AnyLength, IsAnsweredSoon) {
  auto const repeated = [](std::string const& text) {
    std::string whole;
    whole.reserve(1 << 20);
    while (whole.size() < (1 << 20)) whole += text;
    return whole;
  };
  for (std::string const& phrase : {repeated("1"), repeated("每月"), repeated(" ") + "2月底",
                                    repeated("5月至"), repeated("2月底，"), repeated("\xff")}) {
    SCOPED_TRACE(phrase.substr(0, 12));
    auto const begun = std::chrono::steady_clock::now();
    auto const reading = try_deadline(phrase, {2024, std::nullopt, &shipped_calendar()});
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));  // one in a release
    if (!reading) {
      EXPECT_LT(reading.error().detail.en.size(), 2000u);
    }
  }
}

TEST(AnyYear, OutsideTheCalendarIsRefused) {
  for (int year : {-1, 0, 10'000, 99'999})
    EXPECT_EQ(try_deadline("2月底", {year}).error().trouble, Trouble::Impossible);
  for (char const* phrase : {"0年5月", "0000年5月", "00000年", "99999年5月", "10000年底", "明年底"})
    EXPECT_EQ(try_deadline(phrase, {9999}).error().trouble, Trouble::Impossible) << phrase;
  EXPECT_EQ(written(try_deadline("年底", {9999})->schedule.due), "9999-12-31");
}

}  // namespace
}  // namespace xiaohao::calendar
