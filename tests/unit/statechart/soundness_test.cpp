// One small machine for each thing that can be wrong, and the shortest way to it.

#include "engine/statechart/soundness/soundness.hpp"

#include <gmock/gmock.h>

#include "engine/json/reader.hpp"

namespace xiaohao::statechart {
namespace {

using testing::HasSubstr;

Definition machine(std::string const& text) {
  auto const loaded = json::read_ordered(text, machine_limits).and_then(load);
  EXPECT_TRUE(loaded.has_value()) << (loaded ? ""
                                             : loaded.error().first().pointer +
                                                   loaded.error().first().detail.en);
  return *loaded;
}

struct Flawed {
  std::string machine, pointer, because, path;
};
void PrintTo(Flawed const& flawed, std::ostream* out) { *out << flawed.machine; }

class FlawedMachine : public testing::TestWithParam<Flawed> {};
TEST_P(FlawedMachine, IsNamedWithItsPath) {
  auto const found = flaws(machine(GetParam().machine));
  ASSERT_EQ(found.size(), 1u) << (found.empty() ? "none"
                                                : found[0].pointer + " " + found[0].detail.en + " and more");
  EXPECT_EQ(found[0].pointer, GetParam().pointer);
  EXPECT_THAT(found[0].detail.en, HasSubstr(GetParam().because));
  EXPECT_EQ(found[0].path, GetParam().path);
}
INSTANTIATE_TEST_SUITE_P(
    Flaws, FlawedMachine,
    testing::Values(
        Flawed{R"({"initial":"a","states":{"a":{"on":{"e":"z"}},"b":{"on":{"e":"z"}},"z":{"type":"final"}}})",
               "/states/b", "never reached", ""},
        Flawed{
            R"({"initial":"a","on":{"e":{"actions":"n"}},"states":{"a":{"on":{"e":"z"}},"z":{"type":"final"}}})",
            "/on/e", "never taken", ""},
        Flawed{
            R"({"initial":"a","states":{"a":{"on":{"e":[{"target":"z"},{"guard":"g","actions":"n"}]}},"z":{"type":"final"}}})",
            "/states/a/on/e/1", "never taken", ""},
        Flawed{
            R"({"initial":"a","states":{"a":{"on":{"e":[{"guard":"g","target":"z"},{"guard":"g","actions":"n"}]}},"z":{"type":"final"}}})",
            "/states/a/on/e/1", "never taken", ""},
        Flawed{
            R"({"initial":"a","states":{"a":{"on":{"e":"z","f":"b"}},"b":{"on":{"g":"b2"}},"b2":{"on":{"g":"b"}},"z":{"type":"final"}}})",
            "/states/b", "no final state can be reached", "a —f→ b"},
        Flawed{R"({"id":"m","initial":"p","states":{"p":{"type":"parallel","on":{"x":"z"},"states":{
                   "r":{"initial":"a","states":{"a":{"on":{"e":"#m.p.s.c"}}}},"s":{"initial":"c","states":{"c":{}}}}},"z":{"type":"final"}}})",
               "/states/p/states/r/states/a/on/e", "leads into another region of p", ""},
        Flawed{R"({"initial":"a","states":{"a":{"on":{"e":"b"}},"b":{"on":{"e":"a"}}}})", "/states",
               "no final state", ""},
        Flawed{
            R"({"initial":"a","states":{"a":{"on":{"e":"b","x":"z"}},"b":{"always":"c"},"c":{"always":"b"},"z":{"type":"final"}}})",
            "/states/b/always", "never come to rest after the event e", "a"},
        Flawed{
            R"({"initial":"a","states":{"a":{"always":{"guard":"never","target":"z"},"on":{"e":"b","x":"z"}},"b":{"always":"c"},"c":{"always":"d"},"d":{"always":"c"},"z":{"type":"final"}}})",
            "/states/c/always", "never come to rest after the event e", "a"},
        Flawed{
            R"({"initial":"a","states":{"a":{"after":{"P3D":"b"},"on":{"e":"z"}},"b":{},"z":{"type":"final"}}})",
            "/states/b", "no final state can be reached", "a —after P3D→ b"}));

TEST(Soundness, AnswersAGuardInOneWayWithinAStep) {
  // Were `g` free to change, the machine could go round for ever.
  EXPECT_TRUE(flaws(machine(R"({"initial":"a","states":{
      "a":{"on":{"e":"b"}},
      "b":{"always":[{"guard":"g","target":"c"},{"target":"z"}]},
      "c":{"always":[{"guard":"g","target":"z"}],"on":{"e":"z"}},
      "z":{"type":"final"}}})"))
                  .size() == 1);  // only that c's own event is never waited for
}

TEST(Soundness, FindsNothingInParallelRegionsWithHistoryAndWildcards) {
  EXPECT_THAT(flaws(machine(R"({"type":"parallel","states":{
      "work":{"initial":"a","states":{
        "a":{"on":{"go":"b"}},
        "b":{"initial":"b1","states":{"b1":{"on":{"go":"b2"}},"b2":{},"h":{"type":"history"}},"on":{"pause":"p","end.*":"z"}},
        "p":{"on":{"resume":"#b_history_of.work.b.h","*":"z"}},
        "z":{"type":"final"}}},
      "other":{"initial":"x","states":{"x":{"on":{"end.all":"y"}},"y":{"type":"final"}}}},"id":"b_history_of"})")),
              testing::IsEmpty());
}

Definition reviewed(std::string const& review, std::string const& properties) {
  return machine(R"({"initial":"open","states":{
    "open":{"on":{"apply":{"target":"review","guard":"evidence","actions":"apply"},"cancel":"cancelled"}},
    "review":{"on":{"verify":)" +
                 review + R"(,"return":{"target":"open","actions":"back"}}},
    "closed":{"tags":["closed"],"on":{"reopen":{"target":"open","actions":"next"}}},
    "cancelled":{"type":"final","tags":["cancelled"]}},"properties":[)" +
                 properties + "]}");
}
std::string const evidence =
    R"({"id":"p","text":{"zh":"要有佐证","en":"Evidence first"},"when":{"enters":"closed"},"demands_earlier":{"guard":"evidence"},"since":{"action":"next"}})";
std::string const independent =
    R"({"id":"q","text":{"zh":"另一人","en":"Somebody else"},"when":{"enters":"closed"},"demands":{"guard":"independent"}})";

TEST(Properties, HoldOverAllPaths) {
  EXPECT_THAT(flaws(reviewed(R"({"target":"closed","guard":"independent"})", evidence + "," + independent)),
              testing::IsEmpty());
}

TEST(Properties, ThatDoNotHoldShowAShortestWay) {
  auto const found = flaws(
      reviewed(R"([{"target":"closed","guard":"independent"},{"target":"closed","guard":"in_a_hurry"}])",
               independent));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].pointer, "/states/review/on/verify/1");
  EXPECT_THAT(found[0].detail.en, HasSubstr("Somebody else (q)"));
  EXPECT_EQ(found[0].path, "open —apply→ review —verify→ closed");
}

TEST(Properties, AskAgainAfterWhatUndoesThem) {
  // A second cycle closes at once, on the evidence of the first.
  auto const found =
      flaws(machine(R"({"initial":"open","states":{
    "open":{"on":{"apply":{"target":"closed","guard":"evidence"},"cancel":"cancelled"}},
    "again":{"on":{"apply":"closed"}},
    "closed":{"tags":["closed"],"on":{"reopen":{"target":"again","actions":"next"}}},
    "cancelled":{"type":"final","tags":["cancelled"]}},"properties":[)" +
                    evidence + R"(,{"id":"r","text":{"zh":"z","en":"ends"},"stays_reachable":"closed"}]})"));
  ASSERT_EQ(found.size(), 3u);  // nothing leads to the end from `closed`, nor from `cancelled` to `closed`
  EXPECT_EQ(found[1].path, "open —cancel→ cancelled");
  EXPECT_EQ(found[2].path, "open —apply→ closed —reopen→ again —apply→ closed");
}

TEST(Properties, NameStatesThatAreThere) {
  auto const found = flaws(reviewed(
      R"({"target":"closed","guard":"independent"})",
      R"({"id":"p","text":{"zh":"z","en":"e"},"when":{"enters":"#nowhere"},"demands":{"guard":"g"}})"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].pointer, "/properties/0");
  EXPECT_THAT(found[0].detail.en, HasSubstr("#nowhere"));
}

TEST(Soundness, OfTenThousandStatesIsProved) {
  std::string states;
  for (int number = 0; number < 9'998; ++number)
    states += "\"s" + std::to_string(number) + "\":{\"on\":{\"e\":\"s" + std::to_string(number + 1) + "\"}},";
  auto const found =
      flaws(machine(R"({"initial":"s0","states":{)" + states + R"("s9998":{"type":"final"}}})"));
  EXPECT_THAT(found, testing::IsEmpty());
}

TEST(Soundness, OfTooManyConfigurationsIsNotClaimed) {
  std::string regions;
  for (int number = 0; number < 12; ++number)
    regions += (number ? ",\"r" : "\"r") + std::to_string(number) +
               R"(":{"initial":"a","states":{"a":{"on":{"e)" + std::to_string(number) +
               R"(":"b"}},"b":{"type":"final"}}})";
  auto const found = flaws(machine(R"({"type":"parallel","states":{)" + regions + "}}"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].detail.en, HasSubstr("too many to be proved"));
}

}  // namespace
}  // namespace xiaohao::statechart
