#include <gmock/gmock.h>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {
namespace {

struct Refused {
  std::string machine, pointer, because;
};
void PrintTo(Refused const& refused, std::ostream* out) { *out << refused.machine; }

class Machine : public testing::TestWithParam<Refused> {};
TEST_P(Machine, IsRefusedWhereItIsWrong) {
  auto const loaded = load(json::read_ordered(GetParam().machine, machine_limits).value());
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().first().pointer, GetParam().pointer);
  EXPECT_THAT(loaded.error().first().detail.en, testing::HasSubstr(GetParam().because));
}
INSTANTIATE_TEST_SUITE_P(
    Faults, Machine,
    testing::Values(
        Refused{"[]", "", "object"},
        Refused{R"({"initial":"a","states":{"a":{"invoke":{}}}})", "/states/a/invoke", "not a field"},
        Refused{R"({"initial":"b","states":{"a":{}}})", "/initial", "child"},
        Refused{R"({"states":{"a":{}}})", "", "initial"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":"nowhere"}}}})", "/states/a/on/e", "no state"},
        Refused{R"({"initial":"a","states":{"a":{"id":"x"},"b":{"id":"x"}}})", "/states/b/id", "twice"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"target":["a","b"]}}},"b":{}}})",
                "/states/a/on/e/target", "together"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"guard":{"typ":"x"}}}}}})",
                "/states/a/on/e/guard", "type"},
        Refused{R"({"initial":"a","states":{"a":{"type":"final","states":{"b":{}}}}})", "/states/a/states",
                "no states"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":7}}}})", "/states/a/on/e", "target"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"target":"a","reenter":1}}}}})",
                "/states/a/on/e/reenter", "true or false"}));

TEST(Machine, OfTooManyStatesIsRefusedWithinASecond) {
  std::string text = R"({"initial":"s0","states":{)";
  for (int index = 0; index <= 10'000; ++index)
    text += (index ? ",\"s" : "\"s") + std::to_string(index) + "\":{}";
  EXPECT_FALSE(load(json::read_ordered(text + "}}", machine_limits).value()).has_value());
}

}  // namespace
}  // namespace xiaohao::statechart
