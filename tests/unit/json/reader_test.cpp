#include "engine/json/reader.hpp"

#include <gmock/gmock.h>

#include "engine/json/document.hpp"

namespace xiaohao::json {
namespace {

using testing::HasSubstr;

TEST(Reader, ReadsWhatItWrites) {
  std::string const text = R"({"a":[1,2.5,null,true,"二月"],"b":{}})";
  EXPECT_EQ(read(text).value().dump(), text);
}

struct Refused {
  std::string text;
  std::string pointer;
  std::string because;
};
class Refuses : public testing::TestWithParam<Refused> {};
TEST_P(Refuses, AndSaysWhereAndWhy) {
  auto const answer = read(GetParam().text);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().first().pointer, GetParam().pointer);
  EXPECT_THAT(answer.error().first().detail.en, HasSubstr(GetParam().because));
}
INSTANTIATE_TEST_SUITE_P(Outside, Refuses,
                         testing::Values(Refused{R"({"a":{"b":1,"b":2}})", "/a/b", "twice"},
                                         Refused{"[1,9223372036854775808]", "/1", "64 bits"},
                                         Refused{"[99999999999999999999999]", "/0", "64 bits"},
                                         Refused{"{} x", "", "not JSON"}, Refused{"", "", "not JSON"},
                                         Refused{"\"\xff\"", "", "not JSON"},
                                         Refused{R"({"a":[{},{"b":1,"b":1}]})", "/a/1/b", "twice"}));

TEST(Reader, RefusesAMillionBracketsAtOnce) {
  auto const answer = read(std::string(1'000'000, '['));
  ASSERT_FALSE(answer.has_value());
  EXPECT_THAT(answer.error().first().detail.en, HasSubstr("deeper than 64 levels"));
}

TEST(Reader, RefusesMoreBytesThanAllowed) {
  auto const answer = read(std::string(100, ' '), {.bytes_max = 99});
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().reason, Reason::TooLarge);
}

TEST(Fields, NameEveryFaultAtOnceAndUnknownFieldsToo) {
  Json const object = read(R"({"title":"","year":24,"colour":"red"})").value();
  Fields fields(object, "/items/0");
  fields.text("title");
  fields.integer("year", 1900, 9999);
  fields.text("content");
  auto const finished = fields.finish();
  ASSERT_FALSE(finished.has_value());
  std::vector<std::string> pointers;
  for (Fault const& fault : finished.error().faults) pointers.push_back(fault.pointer);
  EXPECT_THAT(pointers,
              testing::ElementsAre("/items/0/title", "/items/0/year", "/items/0/content", "/items/0/colour"));
}

}  // namespace
}  // namespace xiaohao::json
