// Deadline phrases in running text: the whole plan, each convention inside a sentence, and what is no
// deadline.

#include "engine/calendar/running_text/running_text.hpp"

#include <ctime>
#include <fstream>
#include <gmock/gmock.h>
#include <set>
#include <sstream>

#include "tests/unit/calendar/convention_table.hpp"
#include "tests/unit/calendar/shipped_calendar.hpp"

namespace xiaohao::calendar {
namespace {

std::string text_of(std::string const& name) {
  std::ifstream file("tests/data/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<FoundDeadline> found_in(std::string const& text, std::optional<Date> reference = std::nullopt) {
  auto found = find_deadlines(text, {2024, reference, &shipped_calendar()});
  EXPECT_TRUE(found.has_value());
  return found ? std::move(*found) : std::vector<FoundDeadline>{};
}

std::string written(std::optional<Date> date) { return date ? to_string(*date) : ""; }

/// One line of the golden table: place, phrase, and what it means.
std::string line_of(FoundDeadline const& found) {
  std::string line = std::to_string(found.position.line) + "\t" + std::to_string(found.position.column) +
                     "\t" + found.phrase;
  if (!found.reading) return line + "\t" + std::string(to_string(found.reading.error().trouble)) + "\t\t\t\t";
  Schedule const& schedule = found.reading->schedule;
  return line + "\t" + std::string(to_string(schedule.kind)) + "\t" + written(schedule.start) + "\t" +
         written(schedule.due) + "\t" + schedule.recurrence.value_or("") + "\t" +
         (schedule.soft ? "true" : "");
}

TEST(Plan2024Scan, FindsWhatAPersonMarkedInTheText) {
  std::vector<std::string> expected, found;
  std::istringstream table(text_of("plan-2024-deadlines.tsv"));
  for (std::string line; std::getline(table, line);)
    if (!line.starts_with('#') && !line.starts_with("line\t")) expected.push_back(line);
  for (FoundDeadline const& deadline : found_in(text_of("plan-2024.txt"))) found.push_back(line_of(deadline));
  EXPECT_EQ(found, expected);
  EXPECT_GT(expected.size(), 50u);
}

TEST(Plan2024Scan, GivesOffsetsThatCutThePhraseOutOfTheText) {
  std::string const text = text_of("plan-2024.txt");
  std::size_t last = 0;
  for (FoundDeadline const& deadline : found_in(text)) {
    EXPECT_EQ(text.substr(deadline.position.byte, deadline.bytes), deadline.phrase);
    EXPECT_GE(deadline.position.byte, last) << "phrases do not overlap: " << deadline.phrase;
    last = deadline.position.byte + deadline.bytes;
    auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
    auto const before = text.begin() + static_cast<std::ptrdiff_t>(deadline.position.byte);
    EXPECT_EQ(static_cast<std::size_t>(std::count_if(text.begin(), before, begins)),
              deadline.position.character);
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), before, '\n')) + 1, deadline.position.line);
    EXPECT_EQ(static_cast<std::size_t>(std::count_if(deadline.phrase.begin(), deadline.phrase.end(), begins)),
              deadline.characters);
  }
}

/// Inside a sentence they are two.
bool ends_a_sentence(std::string const& phrase) {
  for (char const* mark : {"。", "！", "!", "\n"})
    if (phrase.find(mark) != std::string::npos) return true;
  return false;
}

/// Deadlines where they stand alone; in running text mostly something else, so that only surer words count.
std::set<std::string> const only_alone{
    "2024年至2026年",
    "2024-2026年",
    "2024—2025年",  // the years of a programme; 2024年至2026年内 sets a term
    "当年",         // 当年应发资金
    "持续深化",
    "不超过15日",
    "逐日",    // 持续深化认识, 逐日增加
    "第一季",  // 第一季产品
    "25日"};   // a day without its month, unless 前 follows or an earlier clause names the month

TEST(Scan, FindsThePhrasesOfTheConventionsInsideASentence) {
  std::size_t tried = 0;
  std::set<std::string> missed;
  std::vector<Row> rows = rows_of("deadline-phrases.tsv");
  for (Row const& row : rows_of("further-deadline-phrases.tsv")) rows.push_back(row);
  for (Row const& row : rows) {
    if (row.kind == "error" || ends_a_sentence(row.phrase)) continue;
    ++tried;
    PhraseContext context{std::stoi(row.year), std::nullopt, &shipped_calendar()};
    if (!row.reference.empty()) context.reference = parse_date(row.reference).value();
    auto const alone = try_deadline(row.phrase, context);
    ASSERT_TRUE(alone.has_value()) << row.phrase;
    auto const found = find_deadlines("各单位要于" + row.phrase + "，并抓好落实。", context);
    ASSERT_TRUE(found.has_value());
    bool read = false;
    for (FoundDeadline const& deadline : *found)
      read = read || (deadline.reading && deadline.reading->schedule.due == alone->schedule.due &&
                      deadline.reading->schedule.recurrence == alone->schedule.recurrence);
    if (read) continue;
    missed.insert(row.phrase);
  }
  std::cout << tried - missed.size() << " of " << tried << " are found inside a sentence\n";
  EXPECT_EQ(missed, only_alone);
}

struct Sentence {
  std::string text;
  std::vector<std::string> phrases;
};
void PrintTo(Sentence const& sentence, std::ostream* out) { *out << sentence.text; }

class NoDeadlineInText : public testing::TestWithParam<std::string> {};
TEST_P(NoDeadlineInText, IsFound) {
  for (FoundDeadline const& deadline : found_in(GetParam())) ADD_FAILURE() << deadline.phrase;
}
INSTANTIATE_TEST_SUITE_P(
    Mentions, NoDeadlineInText,
    testing::Values("赣扶组字〔2024〕5号", "国发[2024]12号文件", "根据国办发【2024】3号精神",
                    "见第5号公告、第3季", "XX县2024年度脱贫攻坚工作任务清单", "自2020年以来成效明显",
                    "2020年贫困户1500余户", "为2024年全面打赢脱贫攻坚战", "每户按照3000元标准进行奖补",
                    "每人每月补助300元", "每年每户固定收益", "收入每年增长10%", "每月约12.5万元",
                    "电话0791-88881234", "手机13812345678", "邮编330000", "编号20241231001", "占2.5%",
                    "诚实守信的（2.5）", "提高3.5个百分点", "比例约1/3", "得分90-100分", "版本2.10",
                    "图1.2所示", "GB/T 9704-2012", "身份证号360102199001011234", "接受九年义务教育",
                    "一年新模样、二年旧模样", "上年度项目遗留问题", "以往全年整户收益", "当年应发资金3000元",
                    "年终考核指标", "对年初确定的计划", "近三年内增幅", "十大行动", "五个一批",
                    "两不愁三保障", "3月龄以上仔猪", "提前谋划2024年后的减贫战略", "周末讲堂", "可持续发展",
                    "稳定脱贫长期效果", "按年龄分组", "每个村都有、每条都改", "19个部门", "12345热线",
                    "1:500比例尺", "3:20开始", "7×24小时", "2018-2020年三年行动", "成本周期", "基本月收入",
                    "3-5人", "16-59岁", "A3月刊", "下达计划", "由各地组织", "本科生", "纳入年终脱贫攻坚考评",
                    "2024年", "今年的任务", "国庆节"));

class TextWithDeadlines : public testing::TestWithParam<Sentence> {};
TEST_P(TextWithDeadlines, GivesThem) {
  std::vector<std::string> phrases;
  for (FoundDeadline const& deadline : found_in(GetParam().text)) phrases.push_back(deadline.phrase);
  EXPECT_EQ(phrases, GetParam().phrases);
}
INSTANTIATE_TEST_SUITE_P(
    Sentences, TextWithDeadlines,
    testing::Values(
        Sentence{"1.5月底前完成摸排；2.6月15日前报送。", {"5月底前", "6月15日前"}},
        Sentence{"力争于10月底前完成，原则上每月25日前报送", {"力争于10月底前", "原则上每月25日前"}},
        Sentence{"2024年力争带动30人", {"2024年力争"}},
        Sentence{"各村应在收到通知后10个工作日内报告", {"收到通知后10个工作日内"}},
        Sentence{"3月、6月、9月底前分别开展", {"3月", "6月", "9月底前"}},
        Sentence{"3月底或4月底完成", {"3月底", "4月底"}},
        Sentence{"2月30日前、13月底前、5月至3月", {"2月30日前", "13月底前", "5月至3月"}},
        Sentence{"２０２４年５月３１日前；二〇二四年六月底", {"２０２４年５月３１日前", "二〇二四年六月底"}},
        Sentence{"每季度至少开展一次核查，定期通报", {"每季度", "定期"}},
        Sentence{"自发文之日起施行，长期坚持", {"长期坚持"}},
        Sentence{"（3月1日至4月30日）", {"3月1日至4月30日"}}));

TEST(Inheritance, CarriesYearAndMonthThroughASentence) {
  auto const found = found_in("2026年5月底前完成摸排，9月15日前报送；20日前公示。10月底前总结。");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(written(found[1].reading->schedule.due), "2026-09-15");
  EXPECT_EQ(found[1].inherited_year, 2026);
  EXPECT_EQ(found[1].inherited_month, std::nullopt);
  EXPECT_EQ(written(found[2].reading->schedule.due), "2026-09-20");
  EXPECT_EQ(found[2].inherited_month, 9u);
  EXPECT_EQ(written(found[3].reading->schedule.due), "2024-10-31") << "the next sentence begins anew";
  EXPECT_EQ(found[3].inherited_year, std::nullopt);
}

TEST(Inheritance, TakesNoBygoneYearThatIsOnlyMentioned) {
  auto const found = found_in("完成2023年项目扫尾，6月底前付款");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(written(found[0].reading->schedule.due), "2024-06-30");
}

TEST(Scan, SaysWhyAPhraseCannotBeRead) {
  auto const found = found_in("2月30日前完成，定期通报，收到后5日内答复");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].reading.error().trouble, Trouble::Impossible);
  EXPECT_EQ(found[1].reading.error().trouble, Trouble::Ambiguous);
  EXPECT_EQ(found[2].reading.error().trouble, Trouble::NoReference);
}

TEST(Scan, PassesOverALineThatEndsAfterAStarOfNoWeek) {  // found by ./dev fuzz phrases
  EXPECT_TRUE(find_deadlines("红星", {2024})->empty());
}

TEST(Scan, CountsLinesColumnsAndOffsets) {
  auto const found = found_in("第一行\n\n  务必于6月底前完成");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].position, (Position{22, 10, 3, 6}));
  EXPECT_EQ(found[0].characters, 4u);
  EXPECT_EQ(found[0].bytes, 10u);
}

TEST(Scan, RefusesTextThatIsNotUtf8AndNamesTheByte) {
  auto const found = find_deadlines("2月底\xC4\xEA", {2024});
  ASSERT_FALSE(found.has_value());
  EXPECT_THAT(found.error().first().detail.en, testing::HasSubstr("from byte 7 on"));
}

/// Eight times the text may cost 40 times as much of the processor, whose caches others share, but not 64
/// times.
class AdversarialText : public testing::TestWithParam<std::string> {};
TEST_P(AdversarialText, CostsTimeInProportionToItsLength) {
  auto const seconds = [&](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += GetParam();
    double least = 1e9;
    for (int round = 0; round < 2; ++round) {
      std::clock_t const begun = std::clock();
      EXPECT_TRUE(find_deadlines(text, {2024, std::nullopt, &shipped_calendar()}).has_value());
      least = std::min(least, static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
    }
    return least;
  };
  EXPECT_LT(seconds(24'000), 0.2 + 40 * seconds(3'000));
}
INSTANTIATE_TEST_SUITE_P(Repeated, AdversarialText,
                         testing::Values("每月", "1", "一1", "十", "1月", "自", "自后", "3月1日至", "力争",
                                         "力争3月", "收到通知后", "1.", "定期", "每周一、", "或", "春节",
                                         "2024年", "(", "边", "年", "1-", "后5日内"));

}  // namespace
}  // namespace xiaohao::calendar
