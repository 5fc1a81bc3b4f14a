#include "tests/unit/web/pages/visitors.hpp"
#include "web/csv.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ItemsPage : public Pages {
 protected:
  std::vector<std::string> listed(std::string const& target) {
    std::vector<std::string> found;
    for (Element const& row : read(get("leader", target)).all("tr"))
      if (row.attributes.empty() && row.text.find("安居") != std::string::npos) found.push_back(row.text);
    return found;
  }
};

TEST_F(ItemsPage, ShowsTheRowsOfTheChecklistWithTheirShares) {
  EXPECT_EQ(listed("/items").size(), 1U);
  std::vector<std::string> shares;
  for (Element const& line : read(get("leader", "/items")).all("li"))
    if (line.text.find("zhujianju") != std::string::npos) shares.push_back(line.text);
  EXPECT_THAT(shares, testing::ElementsAre(AllOf(HasSubstr("牵头"), HasSubstr("已下达"))));
}

TEST_F(ItemsPage, KnowsTheFiltersOfTheApi) {
  EXPECT_EQ(listed("/items?kind=").size(), 3U);
  EXPECT_EQ(listed("/items?kind=Assignment").size(), 2U);
  EXPECT_EQ(listed("/items?unit=zhujianju").size(), 1U);
  EXPECT_EQ(listed("/items?state=issued").size(), 2U);
  EXPECT_EQ(listed("/items?state=closed").size(), 0U);
  EXPECT_EQ(listed("/items?due_before=2024-10-31").size(), 0U);
  EXPECT_EQ(listed("/items?due_before=2024-11-01&parent=1").size(), 2U);
  EXPECT_EQ(listed("/items?q=%E5%8D%B1%E6%88%BF").size(), 3U) << "危房, in the content";
  EXPECT_EQ(listed("/items?light=red").size(), 0U);
  clock.advance_to(at("2024-11-05T09:00:00+08:00"));
  EXPECT_EQ(listed("/items?light=red").size(), 3U);
}

TEST_F(ItemsPage, NamesFiltersItDoesNotUnderstand) {
  Response const response = get("leader", "/items?light=blue&state=nowhere&colour=red");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(read(response).text(),
              AllOf(HasSubstr("/light"), HasSubstr("没有这个状态"), HasSubstr("/colour")));
  EXPECT_EQ(get("leader", "/items.csv?light=blue").status, 400);
}

TEST_F(ItemsPage, TurnsPagesByCursor) {
  PageReader const first = read(get("leader", "/items?kind=&limit=2"));
  EXPECT_THAT(first.text(), HasSubstr("3 项"));
  std::string next;
  for (Element const& link : first.all("a"))
    if (link.text == "下一页") next = link.attributes.at("href");
  ASSERT_FALSE(next.empty());
  EXPECT_EQ(listed(next).size(), 1U);
  for (Element const& link : read(get("leader", next)).all("a")) EXPECT_NE(link.text, "下一页");
}

TEST_F(ItemsPage, GivesTheSameRowsAsCsv) {
  Response const csv = get("leader", "/items.csv?kind=Assignment");
  EXPECT_EQ(csv.content_type, "text/csv; charset=utf-8");
  EXPECT_THAT(headers(csv, "Content-Disposition"), Contains("attachment; filename=\"items.csv\""));
  EXPECT_EQ(csv.body->substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_THAT(*csv.body, AllOf(HasSubstr("10月底"), HasSubstr("2024-10-31"), HasSubstr("zhujianju,牵头")));
  EXPECT_EQ(std::count(csv.body->begin(), csv.body->end(), '\n'), 3);
  EXPECT_THAT(*get("leader", "/items.csv?kind=Assignment&lang=en").body, HasSubstr("Deadline as written"));
}

TEST_F(ItemsPage, LinksToItsCsvWithTheSameFilters) {
  EXPECT_THAT(read(get("leader", "/items?light=green&unit=zhujianju")).values("href"),
              Contains("/items.csv?light=green&unit=zhujianju"));
  EXPECT_THAT(read(get("leader", "/items")).values("href"), Contains("/items.csv?kind=Task"));
}

TEST(CsvTest, DefusesFormulasAndQuotesWhatWouldBreakOut) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("＝1+1"), "'＝1+1");
  EXPECT_EQ(csv_cell("@SUM(A1),\"x\""), "\"'@SUM(A1),\"\"x\"\"\"");
  EXPECT_EQ(csv_cell("-3"), "'-3");
  EXPECT_EQ(csv_cell("\tx"), "'\tx");
  EXPECT_EQ(csv_cell("两\r\n行"), "\"两\r\n行\"");
  EXPECT_EQ(csv_cell("县住建局"), "县住建局");
  EXPECT_EQ(csv_cell(""), "");
}

TEST_F(ItemsPage, WritesHostileNamesIntoTheCsvDefused) {
  turn_hostile();
  std::string const body = *get("leader", "/items.csv?kind=").body;
  for (std::size_t place = 0; (place = body.find("=<script>", place)) != std::string::npos; ++place)
    EXPECT_TRUE(body[place - 1] == '\'' || body[place - 1] != ',') << body.substr(place - 10, 30);
  EXPECT_THAT(body, HasSubstr("\"'=<script>"));
}

}  // namespace
}  // namespace xiaohao::web::pages
