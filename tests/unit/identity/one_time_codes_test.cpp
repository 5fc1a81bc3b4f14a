// One-time codes: what a stolen password opens, and what a stolen code opens a second time. Nothing.

#include "engine/identity/totp.hpp"
#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::identity {
namespace {

using namespace std::chrono_literals;

class OneTimeCodesOfLeader : public County {
 protected:
  std::string secret;  // as the app has it

  void SetUp() override {
    County::SetUp();
    ASSERT_TRUE(identity->begin_one_time_codes(leader));
    secret = store->read()->one_time_codes(leader)->secret;
  }
  std::string code_now() const { return code_of(Totp{secret}, step_of(Totp{secret}, clock.now())); }
  Result<void> confirm(std::string const& code) {
    return identity->confirm_one_time_codes(leader, code, "10.0.0.7", authority());
  }
  auto sign_in_with(std::string const& code) {
    return identity->sign_in("leader", good_password, code, "10.0.0.7");
  }
};

TEST_F(OneTimeCodesOfLeader, AreNotAskedForBeforeTheAppHasProvedThatItHasTheKey) {
  EXPECT_FALSE(identity->has_one_time_codes(leader));
  EXPECT_TRUE(identity->begun_one_time_codes(leader));
  EXPECT_TRUE(sign_in("leader", good_password));
  auto const wrong = confirm("000000");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().first().pointer, "/code");
  EXPECT_FALSE(identity->has_one_time_codes(leader));
  EXPECT_TRUE(confirm(code_now()));
  EXPECT_TRUE(identity->has_one_time_codes(leader));
  EXPECT_EQ(confirm(code_now()).error().reason, Reason::NotPossible) << "a used code makes nothing new";
  EXPECT_FALSE(identity->begun_one_time_codes(leader)) << "the key is never shown again";
}

TEST_F(OneTimeCodesOfLeader, AreAskedForBesideThePasswordAndOpenOnce) {
  ASSERT_TRUE(confirm(code_now()));
  auto const without = sign_in_with("");
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().refusal.reason, Reason::Unauthenticated);
  EXPECT_EQ(without.error().refusal.first().pointer, "/code");
  EXPECT_FALSE(sign_in_with(code_now())) << "the code that set them up is used";
  wait(30s);
  std::string const code = code_now();
  EXPECT_FALSE(identity->sign_in("leader", "a wrong password entirely", code, "10.0.0.7"));
  EXPECT_TRUE(sign_in_with(code));
  EXPECT_FALSE(sign_in_with(code)) << "seen over his shoulder";
  restart();
  EXPECT_FALSE(sign_in_with(code)) << "nor after a restart";
}

TEST_F(OneTimeCodesOfLeader, GuessedOnesLockTheAccountLikeGuessedPasswords) {
  ASSERT_TRUE(confirm(code_now()));
  wait(30s);
  for (int guess = 0; guess < 5; ++guess)
    EXPECT_EQ(sign_in_with("000000").error().refusal.reason, Reason::Unauthenticated);
  EXPECT_EQ(sign_in_with(code_now()).error().refusal.reason, Reason::TooOften);
}

TEST_F(OneTimeCodesOfLeader, AreTakenAwayByWhoeverMayAndEndTheSessions) {
  ASSERT_TRUE(confirm(code_now()));
  wait(30s);
  auto const session = sign_in_with(code_now());
  ASSERT_TRUE(session);
  ASSERT_FALSE(identity->begin_one_time_codes(leader)) << "a thief at the screen cannot put his own phone in";
  ASSERT_TRUE(identity->remove_one_time_codes(leader, authority()));
  EXPECT_FALSE(identity->of_session(session->token));
  EXPECT_TRUE(sign_in("leader", good_password));
  EXPECT_EQ(journal().back().at("type"), "account.codes_removed");
  EXPECT_FALSE(identity->remove_one_time_codes(leader, authority())) << "there are none";
}

TEST_F(OneTimeCodesOfLeader, LetAShorterPasswordDo) {
  std::string const shorter = "moth lamp7";
  EXPECT_FALSE(identity->set_password(leader, shorter, authority()));
  ASSERT_TRUE(confirm(code_now()));
  EXPECT_TRUE(identity->set_password(leader, shorter, authority()));
}

TEST_F(OneTimeCodesOfLeader, AreNeededByInspectorsAndAdministratorsOutsideADemonstration) {
  Username const auditor{"auditor"};
  ASSERT_TRUE(identity->add_account(organisation->participants.at(auditor), other_password, authority()));
  auto const session = sign_in("auditor", other_password);
  ASSERT_TRUE(session);
  EXPECT_TRUE(identity->of_session(session->token)->must_set_up_codes);
  EXPECT_FALSE(identity->of_session(sign_in("leader", good_password)->token)->must_set_up_codes);

  ASSERT_TRUE(identity->begin_one_time_codes(auditor));
  Totp const app{store->read()->one_time_codes(auditor)->secret};
  ASSERT_TRUE(identity->confirm_one_time_codes(auditor, code_of(app, step_of(app, clock.now())), "10.0.0.7",
                                               authority()));
  EXPECT_FALSE(identity->of_session(session->token)->must_set_up_codes);

  settings.demonstration = true;
  ASSERT_TRUE(identity->remove_one_time_codes(auditor, authority()));
  restart();
  EXPECT_FALSE(identity->of_session(sign_in("auditor", other_password)->token)->must_set_up_codes);
}

}  // namespace
}  // namespace xiaohao::identity
