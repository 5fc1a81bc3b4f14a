#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::HasSubstr;

class HostileNames : public Pages, public testing::WithParamInterface<std::string> {};

/// Nothing but the page's own markup is markup, whatever the data says.
TEST_P(HostileNames, StayNames) {
  turn_hostile();
  for (char const* who : {"leader", "coordinator", "owner-zhujianju", "inspector", "admin"})
    for (char const* language : {"", "lang=en"}) {
      std::string path = GetParam();
      if (*language) path += (path.find('?') == std::string::npos ? "?" : "&") + std::string(language);
      SCOPED_TRACE(path + " as " + who);
      Response const response = get(who, path);
      EXPECT_LT(response.status, 500);
      PageReader const page = read(response);
      EXPECT_THAT(page.text(), HasSubstr(hostile_name));
      EXPECT_EQ(page.all("script").size(), 1U);
      for (Element const& element : page.elements())
        for (auto const& [name, value] : element.attributes) {
          EXPECT_NE(name.substr(0, 2), "on") << element.tag;
          EXPECT_NE(name, "style") << element.tag;
          if (name == "href" || name == "src" || name == "action") {
            EXPECT_TRUE(value.front() == '/' || value.front() == '#') << value;
          }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Pages, HostileNames,
                         testing::Values("/", "/about", "/desk", "/reviews", "/notices", "/notices?all=1",
                                         "/rehearsal", "/rehearsal?late=%3Cscript%3E", "/items", "/items/1",
                                         "/items/2", "/items?kind=", "/items?light=red",
                                         "/items?q=%3Cscript%3E", "/items?unit=%22%3E%3Cscript%3E",
                                         "/items?nothing=%3Cscript%3E", "/nowhere%3Cscript%3E"));

}  // namespace
}  // namespace xiaohao::web::pages
