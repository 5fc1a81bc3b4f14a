#include "engine/identity/password_rules.hpp"

#include <gmock/gmock.h>

#include "engine/json/document.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::identity {
namespace {

using testing::HasSubstr;

struct Case {
  char const* password;
  char const* refused_for;  ///< empty: it will do
};

std::string reasons(Result<void> const& checked) {
  std::string text;
  if (!checked)
    for (Fault const& fault : checked.error().faults) text += fault.detail.en + "\n";
  return text;
}

class DefaultProfile : public testing::TestWithParam<Case> {};
TEST_P(DefaultProfile, WantsLengthAndNothingThatIsTriedFirst) {
  PasswordRules const rules = workflows::shipped_password_rules("default").value();
  std::string const why =
      reasons(check_password(GetParam().password, rules, false, {"owner-zhujianju", "张三", "县住建局"}));
  if (*GetParam().refused_for)
    EXPECT_THAT(why, HasSubstr(GetParam().refused_for));
  else
    EXPECT_EQ(why, "");
}
INSTANTIATE_TEST_SUITE_P(
    Passwords, DefaultProfile,
    testing::Values(Case{"correct horse battery staple", ""}, Case{"aaaabbbbccccddd", ""},
                    Case{"春眠不觉晓处处闻啼鸟夜来风雨声", ""}, Case{"fourteen chars", "at least 15"},
                    Case{"", "at least 15"}, Case{"春眠不觉晓处处闻啼鸟夜来风雨", "at least 15"},
                    Case{"qwertyuiop12345", "attackers"}, Case{"Baseball2024!!!!!", "attackers"},
                    Case{"aaaaaaaaaaaaaaaaaaaa", "attackers"}, Case{"woaini1woaini1woaini1", "attackers"},
                    Case{"1234567890123456", "attackers"}, Case{"zyxwvutsrqponmlkj", "attackers"},
                    Case{"owner-zhujianju-1", "attackers"},
                    Case{"县住建局县住建局张三张三xiaohao", "attackers"},
                    Case{"Xiaohao销号台XIAOHAO", "attackers"}));

TEST(DefaultProfileOfPasswords, AllowsEightCharactersBesideAOneTimeCode) {
  PasswordRules const rules = workflows::shipped_password_rules("default").value();
  EXPECT_TRUE(check_password("kettle!9", rules, true, {}));
  EXPECT_FALSE(check_password("kettle9", rules, true, {}));
  EXPECT_THAT(reasons(check_password("baseball", rules, true, {})), HasSubstr("attackers"));
}

TEST(DefaultProfileOfPasswords, TakesAtLeastSixtyFourCharactersAndNeverAsksForAChange) {
  PasswordRules const rules = workflows::shipped_password_rules("default").value();
  EXPECT_TRUE(check_password("销 a b c d e f g h i j k l m n o p q r s t u v w x y z, and once more: now",
                             rules, false, {}));
  EXPECT_EQ(rules.valid_days_max, 0);
  EXPECT_EQ(rules.length_min, PasswordRules{}.length_min) << "what is built in is what is shipped";
  EXPECT_FALSE(check_password(std::string(1025, 'x') + "yz", rules, false, {}));
}

TEST(ProfileOfLevelThree, WantsThreeKindsOfCharactersAndAChangeEachQuarter) {
  PasswordRules const rules = workflows::shipped_password_rules("等保三级").value();
  EXPECT_TRUE(check_password("Kettle and 9 lamps", rules, false, {}));
  EXPECT_THAT(reasons(check_password("kettle and lamps", rules, false, {})),
              HasSubstr("at least 3 of these"));
  EXPECT_EQ(rules.valid_days_max, 90);
}

TEST(PasswordRulesFile, NamesItsFaults) {
  auto const refused = PasswordRules::read({{"$schema", "xiaohao-passwords/1"},
                                            {"name", "x"},
                                            {"length_min", 4},
                                            {"length_min_with_second_factor", 8},
                                            {"extra", 1}});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().faults.size(), 2u);
  EXPECT_EQ(refused.error().faults[0].pointer, "/length_min");
  EXPECT_EQ(refused.error().faults[1].pointer, "/extra");
}

}  // namespace
}  // namespace xiaohao::identity
