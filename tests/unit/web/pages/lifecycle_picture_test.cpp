#include "web/pages/lifecycle_picture.hpp"

#include "tests/unit/web/lifecycle/random_machine.hpp"
#include "tests/unit/web/pages/visitors.hpp"
#include "web/lifecycle/labels.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class LifecyclePages : public Pages {};

TEST_F(LifecyclePages, DrawEveryLoadedLifecycle) {
  for (char const* name : {"assignment", "task", "milestone", "assignment/2"}) {
    Response const response = get("owner-zhujianju", std::string("/lifecycles/") + name);
    EXPECT_EQ(response.status, 200) << name;
    PageReader const page = read(response);
    EXPECT_EQ(page.all("svg").size(), 1U);
    EXPECT_THAT(page.values("role"), Contains("img"));
  }
  EXPECT_EQ(get("leader", "/lifecycles/nothing").status, 404);
  EXPECT_EQ(get("leader", "/lifecycles/assignment/9").status, 404);
  EXPECT_THAT(read(get("leader", "/lifecycles")).values("href"), Contains("/lifecycles/assignment/2"));
}

TEST(LifecyclePicture, TellsTheSameInWords) {
  auto const definition = decision::SmallCounty().rules.lifecycles.at("assignment/2");
  std::string const words = lifecycle_in_words(Say(Language::Chinese), definition, nullptr).text();
  PageReader const page("<div>" + words + "</div>");
  for (char const* sentence :
       {"申请销号 → 初审", "公示期满 → 已销号（自动）", "进展反馈：状态不变", "终止（终点）"})
    EXPECT_THAT(page.text(), HasSubstr(sentence));
}

TEST(LifecyclePicture, IsWellFormedForAnyMachine) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    auto const definition = lifecycle::RandomMachine(seed).make();
    html::Html const picture = lifecycle_picture(Say(Language::English), definition, nullptr, "picture");
    PageReader const page(picture.text());
    std::size_t arrows = 0, inner = 0;
    for (Element const& element : page.elements()) {
      auto const names = element.attributes.find("class");
      if (element.tag != "g" || names == element.attributes.end()) continue;
      arrows += names->second.substr(0, 5) == "event" ? 1U : 0U;
      inner += names->second.substr(0, 5) == "inner" ? 1U : 0U;
    }
    EXPECT_EQ(arrows + inner, lifecycle::transitions_of(definition).size()) << seed;
  }
}

TEST(LifecyclePicture, KeepsHostileNamesAsNames) {
  auto const machine = json::read_ordered(R"({"id":"m","initial":"a","states":{"a":{
    "meta":{"label":{"zh":"<script>alert(1)</script>","en":"\"><img src=x>"}},
    "on":{"<b>e</b>":{"target":"a","meta":{"label":7}}}}}})");
  auto const definition = statechart::load(*machine).value();
  for (Language const language : {Language::Chinese, Language::English}) {
    PageReader const page(lifecycle_picture(Say(language), definition, nullptr, "picture").text());
    EXPECT_TRUE(page.all("script").empty());
    EXPECT_TRUE(page.all("img").empty());
    EXPECT_THAT(page.text(), HasSubstr("<b>e</b>"));
  }
}

TEST(LifecyclePicture, LeavesThousandsOfStatesToWords) {
  json::OrderedJson machine{{"id", "m"}, {"initial", "s0"}};
  for (int state = 0; state < 2000; ++state)
    machine["states"]["s" + std::to_string(state)] = json::OrderedJson::object();
  auto const definition = statechart::load(machine).value();
  std::string const picture =
      lifecycle_picture(Say(Language::Chinese), definition, nullptr, "picture").text();
  EXPECT_THAT(picture, Not(HasSubstr("<svg")));
  EXPECT_THAT(picture, HasSubstr("s1999"));
}

}  // namespace
}  // namespace xiaohao::web::pages
