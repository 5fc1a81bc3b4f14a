#include "web/http/target.hpp"

#include <gtest/gtest.h>

namespace xiaohao::web {
namespace {

TEST(Target, IsDecodedIntoPathAndQuery) {
  auto const target = read_target("/items/7?q=%E5%B1%B1+a&plan=2024&empty=&bare");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/items/7");
  EXPECT_EQ(target->query, (Pairs{{"bare", ""}, {"empty", ""}, {"plan", "2024"}, {"q", "山 a"}}));
}

class BadTarget : public testing::TestWithParam<std::string> {};
TEST_P(BadTarget, IsRefused) { EXPECT_FALSE(read_target(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Targets, BadTarget,
                         testing::Values("", "items", "http://a/", "/%", "/%4", "/%zz", "/a%00b", "/a%2fb",
                                         "/a%5Cb", "/a%0ab", "/%ff", "/%c0%af", "/%ed%a0%80", "/?a=%",
                                         "/?a=1&a=2", "/?a=%00", "/?%ff=1", "/%f5%80%80%80", "/%e5%b1"));

TEST(LocalPath, NeverLeadsToAnotherHost) {
  EXPECT_EQ(local_path("/items?q=1"), "/items?q=1");
  for (std::string const evil : {"//evil.example", "/\\evil.example", "https://evil.example", "", "items",
                                 "/a b", "/a\r\nX: y", "/\t/x"})
    EXPECT_FALSE(local_path(evil)) << evil;
}

TEST(Component, ComesBackAsItWas) {
  std::string const text = "山 a&b=c/%+\"";
  EXPECT_EQ(read_pairs("x=" + encode_component(text))->at("x"), text);
}

}  // namespace
}  // namespace xiaohao::web
