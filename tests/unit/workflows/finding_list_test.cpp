// Lists of findings as they come in: CSV of either encoding, JSON, and what is wrong with them.

#include "workflows/finding_list.hpp"

#include <gmock/gmock.h>

#include "workflows/csv_reader.hpp"

namespace xiaohao::workflows {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

Organisation organisation() {
  Organisation made;
  made.units.emplace(UnitId{"caizhengju"},
                     Unit{UnitId{"caizhengju"}, "县财政局", "agency", false, std::nullopt, std::nullopt});
  made.participants.emplace(
      Username{"owner-caizhengju"},
      Participant{Username{"owner-caizhengju"}, "李会计", UnitId{"caizhengju"}, {Role::Owner}, "", true});
  return made;
}

Result<FindingList> read(std::string_view text) {
  return read_finding_list(text, PlanYear{2024}, organisation(),
                           [](int number) { return number == 7 ? std::optional(ItemId{70}) : std::nullopt; });
}

std::string const head =
    "问题来源,编号,问题名称,问题描述,责任单位,整改时限,责任人,类别,个性/共性,关联任务,反馈日期\n";

TEST(FindingList, ReadsARow) {
  auto const list =
      read(head + "审计,3,台账缺失,\"未建台账，\n共两处\",县财政局,6月底,李会计,立行立改,共性,7,2024/3/5\n");
  ASSERT_TRUE(list) << list.error().first().detail.en;
  ASSERT_THAT(list->findings, SizeIs(1));
  EXPECT_THAT(list->faults, SizeIs(0));
  FindingWish const& wish = list->findings[0].wish;
  EXPECT_EQ(list->findings[0].place, "row 2");
  EXPECT_EQ(wish.source, "审计");
  EXPECT_EQ(wish.reference, "3");
  EXPECT_EQ(wish.problem, "未建台账，\n共两处");
  EXPECT_EQ(wish.unit, UnitId{"caizhengju"});
  EXPECT_EQ(wish.person, Username{"owner-caizhengju"});
  EXPECT_EQ(wish.rectification, Rectification::Immediate);
  EXPECT_EQ(wish.fed_back, parse_date("2024-03-05").value());
  EXPECT_TRUE(wish.common);
  EXPECT_THAT(wish.linked, ElementsAre(ItemId{70}));
}

TEST(FindingList, NamesEveryFaultWithItsRowAndColumn) {
  auto const list = read(
      head +
      "审计,,台账缺失,未建,县财政局,6月底,,以后再说,都有,\"7、8\",\n\n审计,4,a,b,县财政局,6月底,,,,九,\n");
  ASSERT_TRUE(list);
  std::vector<std::string> places;
  for (Fault const& fault : list->faults) places.push_back(fault.pointer);
  EXPECT_THAT(places, ElementsAre("row 2/reference", "row 2/rectification", "row 2/common", "row 2/linked",
                                  "row 4/linked"));
  EXPECT_EQ(column_of("/unit"), "责任单位");
  EXPECT_EQ(column_of("/linked/0"), "关联任务");
}

TEST(FindingList, RefusesWhatIsNoList) {
  auto const refused = read("问题来源,编号,编号,颜色\n审计,3,3,红\n");
  ASSERT_FALSE(refused);
  std::string all;
  for (Fault const& fault : refused.error().faults) all += fault.detail.en + ";";
  EXPECT_THAT(all, HasSubstr("颜色"));
  EXPECT_THAT(all, HasSubstr("编号\" stands twice"));
  EXPECT_THAT(all, HasSubstr("问题名称 (title) is missing"));
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("\xff\xff\xff"));
  EXPECT_EQ(read(head + "审计,3,\"没有结束\n").error().first().pointer, "row 2");
}

TEST(FindingList, ReadsJson) {
  auto const list =
      read(R"({"$schema": "xiaohao-findings/1", "findings": [{"source": "审计", "reference": "3",
    "title": "台账缺失", "problem": "未建", "unit": "caizhengju", "deadline": "6月底"}]})");
  ASSERT_TRUE(list) << list.error().first().detail.en;
  EXPECT_EQ(list->findings.at(0).place, "/findings/0");
  EXPECT_EQ(list->findings[0].wish.unit, UnitId{"caizhengju"});
  auto const refused =
      read(R"({"$schema": "xiaohao-findings/1", "findings": [{"source": "审计", "colour": "red"}]})");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().faults, SizeIs(6)) << "five fields are missing, one is unknown";
}

TEST(CsvReader, ReadsWhatSpreadsheetsWrite) {
  auto const rows = read_csv(
                        "\xEF\xBB\xBF"
                        "a,\"b \"\"c\"\"\"\r\n\r\n'=1+1,'x\r\n")
                        .value();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "b \"c\""));
  EXPECT_EQ(rows[1].line, 3);
  EXPECT_THAT(rows[1].cells, ElementsAre("=1+1", "'x"));
  EXPECT_THAT(read_csv("a\tb,c\n1\t2\n").value()[0].cells, ElementsAre("a", "b,c"));
  EXPECT_THAT(read_csv("\xcc\xa8\xd5\xcb,1\n").value()[0].cells, ElementsAre("台账", "1")) << "GB18030";
}

}  // namespace
}  // namespace xiaohao::workflows
