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

Ran when(std::vector<std::string> const& arguments, std::string const& standard_input = "") {
  static calendar::BusinessCalendar const calendar = workflows::shipped_calendar().value();
  std::istringstream in(standard_input);
  std::ostringstream out, err;
  int const code = when_command(arguments, calendar, in, out, err);
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

TEST(WhenScan, FindsThePhrasesOfATextInOneJsonDocument) {
  Ran const ran = when({"--scan", "-", "--json"}, "XX县2024年方案\n2月底前摸排，定期通报。");
  ASSERT_EQ(ran.code, 0) << ran.err;
  auto const answer = nlohmann::json::parse(ran.out);
  EXPECT_EQ(answer["year"], 2024) << "the year that the text writes";
  EXPECT_EQ(answer["read"], 1);
  EXPECT_EQ(answer["unread"], 1);
  ASSERT_EQ(answer["found"].size(), 2u);
  auto const& first = answer["found"][0];
  EXPECT_EQ(first["phrase"], "2月底前");
  EXPECT_EQ(first["line"], 2);
  EXPECT_EQ(first["column"], 1);
  EXPECT_EQ(first["byte"], 19);
  EXPECT_EQ(first["bytes"], 10);
  EXPECT_EQ(first["character"], 11);
  EXPECT_EQ(first["due"], "2024-02-29");
  EXPECT_TRUE(first["inherited"]["year"].is_null());
  EXPECT_EQ(answer["found"][1]["trouble"], "ambiguous");
  EXPECT_TRUE(answer["found"][1]["due"].is_null());
}

TEST(WhenScan, ListsThemOneALineForAPerson) {
  Ran const ran = when({"--scan", "-", "--year", "2024"}, "2月底前摸排。\n9月15日报送。");
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::HasSubstr("1:1\t2月底前\t2024-02-29"));
  EXPECT_THAT(ran.out, testing::HasSubstr("2:1\t9月15日\t2024-09-15"));
}

class BadUsage : public testing::TestWithParam<std::vector<std::string>> {};
TEST_P(BadUsage, IsOneLineOnTheErrorStreamAndExitTwo) {
  Ran const ran = when(GetParam());
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, testing::MatchesRegex("xiaohao: when[^\n]*; [^\n]*\n|xiaohao: "
                                             "when[^\n]*must[^\n]*\n|xiaohao: when[^\n]*29 days[^\n]*\n"));
}
INSTANTIATE_TEST_SUITE_P(
    Cases, BadUsage,
    testing::Values(std::vector<std::string>{}, std::vector<std::string>{"2月底"},
                    std::vector<std::string>{"2月底", "--year", "0"},
                    std::vector<std::string>{"2月底", "--year", "twenty"},
                    std::vector<std::string>{"2月底", "--year", "2024", "--reference", "x"},
                    std::vector<std::string>{"2月30日", "--year", "2024", "--json"},
                    std::vector<std::string>{"2月底", "3月", "--year", "2024"},
                    std::vector<std::string>{"2月底", "--colour", "red"},
                    std::vector<std::string>{"--scan", "/no/such/file", "--year", "2024"},
                    std::vector<std::string>{"--scan", "/", "--year", "2024"},
                    std::vector<std::string>{"--scan", "-"},
                    std::vector<std::string>{"--scan", "-", "--year", "0"},
                    std::vector<std::string>{"2月底", "--scan", "-", "--year", "2024"}));

}  // namespace
}  // namespace xiaohao::cli
