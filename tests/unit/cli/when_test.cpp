#include "cli/when.hpp"

#include <gmock/gmock.h>
#include <sstream>

#include "engine/json/document.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

struct Ran {
  int code;
  std::string out, err;
};

Ran when(std::vector<std::string> const& arguments) {
  static calendar::BusinessCalendar const calendar = workflows::shipped_calendar().value();
  std::ostringstream out, err;
  int const code = when_command(arguments, calendar, out, err);
  return {code, out.str(), err.str()};
}

TEST(When, AnswersInOneJsonDocument) {
  Ran const ran = when({"2月底", "--year", "2024", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  auto const answer = nlohmann::json::parse(ran.out);
  EXPECT_EQ(answer["phrase"], "2月底");
  EXPECT_EQ(answer["kind"], "month_end");
  EXPECT_TRUE(answer["start"].is_null());
  EXPECT_EQ(answer["due"], "2024-02-29");
  EXPECT_TRUE(answer["recurrence"].is_null());
  EXPECT_EQ(answer["soft"], false);
  EXPECT_FALSE(answer["explanation"].get<std::string>().empty());
}

TEST(When, KeepsItsMessageOnOneLine) {
  Ran const ran = when({"定期\n\t" + std::string(5000, 'x'), "--year", "2024", "--json"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
  EXPECT_LT(ran.err.size(), 1000u);
}

class BadUsage : public testing::TestWithParam<std::vector<std::string>> {};
TEST_P(BadUsage, IsOneLineOnTheErrorStreamAndExitTwo) {
  Ran const ran = when(GetParam());
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, testing::MatchesRegex("xiaohao: when[^\n]*; [^\n]*\n|xiaohao: "
                                             "when[^\n]*must[^\n]*\n|xiaohao: when[^\n]*29 days[^\n]*\n"));
}
INSTANTIATE_TEST_SUITE_P(Cases, BadUsage,
                         testing::Values(std::vector<std::string>{}, std::vector<std::string>{"2月底"},
                                         std::vector<std::string>{"2月底", "--year", "0"},
                                         std::vector<std::string>{"2月底", "--year", "twenty"},
                                         std::vector<std::string>{"2月底", "--year", "2024", "--reference",
                                                                  "x"},
                                         std::vector<std::string>{"2月30日", "--year", "2024", "--json"},
                                         std::vector<std::string>{"2月底", "3月", "--year", "2024"},
                                         std::vector<std::string>{"2月底", "--colour", "red"}));

}  // namespace
}  // namespace xiaohao::cli
