#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

class LayoutTest : public Pages {
 protected:
  std::vector<std::string> places(char const* who) {
    std::vector<std::string> found;
    for (Element const& link : read(get(who, "/about")).all("a"))
      if (link.attributes.at("href").find_first_of("#?") == std::string::npos) found.push_back(link.text);
    return found;
  }
};

TEST_F(LayoutTest, OffersEachPersonOnlyWhatHeCanUse) {
  EXPECT_THAT(places("owner-zhujianju"), testing::IsSupersetOf({"总览", "我的待办", "审核", "事项", "通知"}));
  EXPECT_THAT(places("admin"), Not(Contains("我的待办")));
  EXPECT_THAT(places("admin"), Not(Contains("审核")));
  EXPECT_THAT(places(""), Not(Contains("总览")));
  EXPECT_THAT(places("leader"), Contains("预演"));
  EXPECT_THAT(places("coordinator"), Contains("预演"));
  EXPECT_THAT(places("owner-zhujianju"), Not(Contains("预演")));
  EXPECT_THAT(places("admin"), Not(Contains("预演")));
}

TEST_F(LayoutTest, NamesWhatIsSetAndKeptToThoseWhoMaySeeIt) {
  auto const offered = [&](char const* who) { return read(get(who, "/admin")).values("href"); };
  EXPECT_THAT(offered("coordinator"),
              IsSupersetOf({"/admin/organisation", "/notices/silences", "/notices/print"}));
  EXPECT_THAT(offered("inspector"), Contains("/reinspections"));
  for (char const* path : {"/notices/silences", "/notices/print", "/reinspections", "/journal"})
    EXPECT_THAT(offered("owner-zhujianju"), Not(Contains(path)));
}

TEST_F(LayoutTest, SpeaksChineseUntilAskedForEnglishAndKeepsTheQuery) {
  PageReader const chinese = read(get("leader", "/about?a=%E5%B1%B1"));
  EXPECT_EQ(chinese.all("html").front().attributes.at("lang"), "zh-CN");
  EXPECT_THAT(chinese.values("href"), Contains("/about?a=%E5%B1%B1&lang=en"));

  Response const english = get("leader", "/about?a=%E5%B1%B1&lang=en");
  PageReader const page = read(english);
  EXPECT_EQ(page.all("html").front().attributes.at("lang"), "en");
  EXPECT_THAT(page.values("href"), Contains("/about?a=%E5%B1%B1&lang=zh"));
  EXPECT_THAT(headers(english, "Set-Cookie"), Contains(HasSubstr("xiaohao_lang=en")));
}

TEST_F(LayoutTest, EnglishPagesHoldNoChineseButTheSwitchAndThePlansOwnWords) {
  for (Element const& link : read(get("leader", "/about?lang=en")).all("a")) {
    bool const is_ascii = std::all_of(link.text.begin(), link.text.end(), [](char c) { return c >= 0; });
    EXPECT_TRUE(is_ascii || link.text == "中文") << link.text;
  }
}

TEST_F(LayoutTest, MovesTheDemonstrationsClockForTheAdministratorOnly) {
  EXPECT_THAT(read(get("admin", "/about")).values("action"), Contains("/demo/clock"));
  EXPECT_THAT(read(get("leader", "/about")).values("action"), Not(Contains("/demo/clock")));
  EXPECT_EQ(post("leader", "/demo/clock", {{"advance", "day"}}).status, 403);

  clock.advance_to(at("2025-01-31T09:00:00+08:00"));
  Response const moved = post("admin", "/demo/clock", {{"advance", "month"}, {"back", "/items?q=1"}});
  EXPECT_EQ(moved.status, 303);
  EXPECT_THAT(headers(moved, "Location"), Contains("/items?q=1"));
  EXPECT_EQ(to_string(clock.now()), "2025-02-28T09:00:00.000+08:00");
  EXPECT_EQ(post("admin", "/demo/clock", {{"advance", "P1D"}}).status, 400);
}

TEST_F(LayoutTest, SaysWhatThePageBeforeWantedSaidOnceAndEscaped) {
  Response const moved = post("admin", "/demo/clock", {{"advance", "day"}, {"back", "//evil.example"}});
  EXPECT_THAT(headers(moved, "Location"), Contains("/"));
  std::string cookie = headers(moved, "Set-Cookie").at(0);
  cookie = cookie.substr(0, cookie.find(';'));
  Response const shown = ask("GET", "admin", "/about", {}, cookie);
  EXPECT_THAT(read(shown).text(), HasSubstr("时钟已拨到"));
  EXPECT_THAT(headers(shown, "Set-Cookie"), Contains(HasSubstr("Max-Age=0")));

  PageReader const forged = read(ask("GET", "admin", "/about", {}, "xiaohao_flash=e=%3Cscript%3Ealert(1)"));
  EXPECT_THAT(forged.text(), HasSubstr("<script>alert(1)"));
  EXPECT_THAT(read(ask("GET", "admin", "/about", {}, "xiaohao_flash=%FF")).text(), Not(HasSubstr("\xFF")));
}

TEST_F(LayoutTest, WordsRefusalsAsPages) {
  Response const missing = get("leader", "/nowhere<b>");
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(read(missing).text(), HasSubstr("没有找到"));
  EXPECT_THAT(read(get("", "/nowhere?lang=en")).text(), HasSubstr("Not found"));
}

TEST_F(LayoutTest, KeepsToTheContentSecurityPolicy) {
  PageReader const page = read(get("admin", "/about"));
  for (Element const& element : page.elements()) {
    EXPECT_NE(element.tag, "style");
    for (auto const& [name, value] : element.attributes) {
      EXPECT_NE(name.substr(0, 2), "on");
      EXPECT_NE(name, "style");
    }
    if (element.tag == "script") {
      EXPECT_THAT(element.attributes.at("src"), testing::StartsWith("/assets/xiaohao."));
      EXPECT_THAT(element.text, IsEmpty());
    }
  }
}

}  // namespace
}  // namespace xiaohao::web::pages
