#include <ctime>
#include <functional>
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
        Refused{R"({"initial":"a","context":{},"states":{"a":{}}})", "/context", "not a field"},
        Refused{R"({"initial":"a","states":{"a":{"version":"1"}}})", "/states/a/version", "not a field"},
        Refused{R"({"initial":"a","version":1,"states":{"a":{}}})", "/version", "text"},
        Refused{R"({"$schema":"xiaohao-policy/1","initial":"a","states":{"a":{}}})", "/$schema", "lifecycle"},
        Refused{R"({"initial":"a","description":[],"states":{"a":{}}})", "/description", "text"},
        Refused{R"({"initial":"b","states":{"a":{}}})", "/initial", "child"},
        Refused{R"({"initial":{"target":"a","guard":"g"},"states":{"a":{}}})", "/initial/guard",
                "not a field"},
        Refused{R"({"states":{"a":{}}})", "", "initial"},
        Refused{R"({"initial":"a","states":[]})", "/states", "object"},
        Refused{R"({"initial":"a","states":{"a":7}})", "/states/a", "object"},
        Refused{R"({"initial":"a","states":{"a.b":{}}})", "/states/a.b", "no dot"},
        Refused{R"({"initial":"a","states":{"a":{"type":"atom"}}})", "/states/a/type", "parallel"},
        Refused{R"({"initial":"a","states":{"a":{"type":"parallel"}}})", "/states/a/type", "needs states"},
        Refused{R"({"initial":"a","states":{"a":{"type":"final","states":{"b":{}}}}})", "/states/a/states",
                "no states"},
        Refused{R"({"initial":"a","states":{"a":{"id":"x"},"b":{"id":"x"}}})", "/states/b/id",
                "twice; /states/a has it"},
        Refused{R"({"initial":"a","states":{"a":{"id":7}}})", "/states/a/id", "text"},
        Refused{R"({"initial":"a","states":{"a":{"tags":[7]}}})", "/states/a/tags/0", "text"},
        Refused{R"({"initial":"a","states":{"a":{"entry":[[]]}}})", "/states/a/entry/0", "name"}));
INSTANTIATE_TEST_SUITE_P(
    FaultsOfTransitions, Machine,
    testing::Values(
        Refused{R"({"initial":"a","states":{"a":{"on":[]}}})", "/states/a/on", "object"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":"nowhere"}}}})", "/states/a/on/e", "no state"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":["a",".b"]}}}})", "/states/a/on/e/1", "no state"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":"#nowhere"}}}})", "/states/a/on/e", "no state"},
        Refused{R"({"initial":"a","on":{"e":"a"},"states":{"a":{}}})", "/on/e", "no state"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"target":["a","b"]}}},"b":{}}})",
                "/states/a/on/e/target", "together"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"target":[]}}}}})", "/states/a/on/e/target",
                "no target"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"guard":{"typ":"x"}}}}}})",
                "/states/a/on/e/guard", "type"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":7}}}})", "/states/a/on/e", "target"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":null}}}})", "/states/a/on/e", "{} forbids"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"":"a"}}}})", "/states/a/on/", "always"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"cond":"g"}}}}})", "/states/a/on/e/cond",
                "not a field"},
        Refused{R"({"initial":"a","states":{"a":{"on":{"e":{"target":"a","reenter":1}}}}})",
                "/states/a/on/e/reenter", "true or false"},
        Refused{R"({"initial":"a","states":{"a":{"entry":"xstate.assign"}}})", "/states/a/entry", "own"},
        Refused{R"({"initial":"a","states":{"a":{"entry":{"type":"raise"}}}})", "/states/a/entry", "event"},
        Refused{
            R"({"initial":"a","states":{"a":{"entry":{"type":"raise","params":{"event":"e","delay":5}}}}})",
            "/states/a/entry/params/delay", "not a field"},
        Refused{R"({"initial":"a","states":{"a":{"after":{"1.5":"a"}}}})", "/states/a/after/1.5", "delay"},
        Refused{R"({"initial":"a","states":{"a":{"after":{"010":"a"}}}})", "/states/a/after/010", "delay"},
        Refused{R"({"initial":"a","states":{"a":{"after":{"5":["a"]}}}})", "/states/a/after/5/0", "XState"}));
INSTANTIATE_TEST_SUITE_P(
    FaultsOfHistory, Machine,
    testing::Values(
        Refused{R"({"initial":"a","states":{"a":{"history":"flat"}}})", "/states/a/history", "deep"},
        Refused{R"({"initial":"a","states":{"a":{"type":"final","history":"deep"}}})", "/states/a/history",
                "only a state of type history"},
        Refused{R"({"initial":"h","states":{"a":{},"h":{"type":"history"}}})", "/states/h", "needs a target"},
        Refused{
            R"({"initial":"a","states":{"a":{},"h":{"type":"history","target":"k"},"k":{"type":"history"}}})",
            "/states/h/target", "no history state"},
        Refused{
            R"({"initial":"a","states":{"a":{},"b":{"initial":"c","states":{"c":{},"h":{"type":"history","target":"#(machine).a"}}}}})",
            "/states/b/states/h/target", "within the same parent"},
        Refused{R"({"initial":"a","states":{"a":{},"h":{"type":"history","on":{"e":"a"}}}})", "/states/h/on",
                "never active"},
        Refused{R"({"initial":"a","states":{"a":{"target":"a"}}})", "/states/a/target", "history"}));
INSTANTIATE_TEST_SUITE_P(
    FaultsOfProperties, Machine,
    testing::Values(
        Refused{R"({"initial":"a","states":{"a":{}},"properties":{}})", "/properties", "array"},
        Refused{R"({"initial":"a","states":{"a":{}},"properties":[{"id":"x"}]})", "/properties/0",
                "one of demands"},
        Refused{R"({"initial":"a","states":{"a":{}},"properties":[{"demands":{"guard":"g"}}]})",
                "/properties/0/text", "zh and en"},
        Refused{
            R"({"initial":"a","states":{"a":{}},"properties":[{"id":"x","text":{"zh":"x","en":"x"},"when":{},"demands":{"guard":"g"}}]})",
            "/properties/0/when", "every step"},
        Refused{
            R"({"initial":"a","states":{"a":{}},"properties":[{"id":"x","text":{"zh":"x","en":"x"},"when":{"entering":"a"},"demands":{"guard":"g"}}]})",
            "/properties/0/when/entering", "not a field"}));

Definition loaded(std::string const& machine) {
  return load(json::read_ordered(machine, machine_limits).value()).value();
}

TEST(Machine, HasItsStatesInTheOrderInWhichJavaScriptSeesThem) {
  Definition const machine = loaded(R"({"initial":"b","states":{"b":{},"10":{},"a":{},"9":{}}})");
  std::string keys;
  for (State const& state : machine.states()) keys += state.key + " ";
  EXPECT_EQ(keys, "(machine) 9 10 b a ");
}

TEST(Machine, NamesItselfWithItsVersion) {
  EXPECT_EQ(loaded(R"({"id":"task","version":"2","initial":"a","states":{"a":{}}})").name(), "task/2");
}

/// Seconds of this process, however busy the machine is.
double seconds_of(std::function<void()> const& work) {
  std::clock_t const begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(Machine, OfTooManyStatesIsRefusedSoon) {
  std::string text = R"({"initial":"s0","states":{)";
  for (int index = 0; index <= 10'000; ++index)
    text += (index ? ",\"s" : "\"s") + std::to_string(index) + R"(":{"on":{"e":"s0"}})";
  double const seconds = seconds_of([&] {
    auto const refused = load(json::read_ordered(text + "}}", machine_limits).value());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().first().pointer, "/states/s9999");
  });
  EXPECT_LT(seconds, 20.0);  // a second in a release; sanitizers on a busy machine take their time
}

TEST(Machine, NestedAThousandLevelsDeepIsRefusedWithItsPointer) {
  std::string text = "{}";
  for (int level = 0; level < 1000; ++level) text = R"({"initial":"a","states":{"a":)" + text + "}}";
  auto const read = json::read_ordered(text, machine_limits);
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().first().pointer, testing::StartsWith("/states/a/states/a"));
  EXPECT_THAT(read.error().first().detail.en, testing::HasSubstr("300 levels"));
}

}  // namespace
}  // namespace xiaohao::statechart
