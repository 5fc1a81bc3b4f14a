#include "web/pages/html.hpp"

#include <gmock/gmock.h>
#include <vector>

namespace xiaohao::web::html {
namespace {

TEST(Html, EscapesTextAndAttributes) {
  EXPECT_EQ(p(cls("a\"b"), "<script>&'", 7).text(), "<p class=\"a&quot;b\">&lt;script&gt;&amp;&#39;7</p>");
}

TEST(Html, KeepsMarkupThatOtherElementsMade) {
  EXPECT_EQ(p("a", strong("<"), "b").text(), "<p>a<strong>&lt;</strong>b</p>");
}

TEST(Html, TakesAttributesFromAnywhereAmongTheParts) {
  EXPECT_EQ(li("x", id("one"), flag("hidden"), flag("open", false)).text(), "<li id=\"one\" hidden>x</li>");
}

TEST(Html, WritesNoEndOfElementsWithoutContent) {
  EXPECT_EQ(input(name("q"), value("山")).text(), "<input name=\"q\" value=\"山\">");
}

TEST(Html, WritesWhatIsWantedAndEachOfMany) {
  EXPECT_EQ(group(when(true, "a"), when(false, [] { return p("never"); }),
                  each(std::vector{1, 2}, [](int number) { return li(number); }))
                .text(),
            "a<li>1</li><li>2</li>");
}

TEST(Html, RefusesWhatCouldCarryAProgram) {
  for (char const* name : {"onclick", "style", "srcdoc"}) EXPECT_THROW(attr(name, "x"), std::logic_error);
}

TEST(Html, LinksOnlyToThisServer) {
  for (char const* path :
       {"javascript:alert(1)", "https://example.com", "//example.com", "/\\example.com", ""})
    EXPECT_THROW(href(path), std::logic_error) << path;
  for (char const* path : {"/", "/items?q=1", "?lang=en", "#main"}) EXPECT_EQ(href(path).value, path);
}

}  // namespace
}  // namespace xiaohao::web::html
