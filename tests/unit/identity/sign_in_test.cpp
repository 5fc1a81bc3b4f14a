#include "engine/identity/sign_in_failures.hpp"
#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::identity {
namespace {

using namespace std::chrono_literals;

class SigningIn : public County {};

TEST_F(SigningIn, OpensWithTheRightPasswordOnly) {
  auto const signed_in = sign_in("leader", good_password);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(signed_in->session.username, leader);
  EXPECT_EQ(signed_in->token.size(), 43u);
  EXPECT_NE(signed_in->session.csrf_token, signed_in->token);
  auto const refused = sign_in("leader", other_password);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().refusal.reason, Reason::Unauthenticated);
}

TEST_F(SigningIn, ForgivesTheCapitalAndTheSpaceOfAPhone) { EXPECT_TRUE(sign_in(" Leader ", good_password)); }

TEST_F(SigningIn, TellsNobodyWhichUsersThereAre) {
  ASSERT_TRUE(identity->disable(owner, authority()));
  Refusal const wrong = sign_in("leader", "no", "10.0.0.1").error().refusal;
  EXPECT_EQ(sign_in("nobody", "no", "10.0.0.2").error().refusal, wrong);
  EXPECT_EQ(sign_in("auditor", "no", "10.0.0.3").error().refusal, wrong) << "a participant without account";
  EXPECT_EQ(sign_in("owner-zhujianju", other_password, "10.0.0.4").error().refusal, wrong) << "disabled";
  change_person(leader, [](Participant& person) { person.active = false; });
  EXPECT_EQ(sign_in("leader", good_password, "10.0.0.5").error().refusal, wrong) << "not active";
}

TEST_F(SigningIn, LeavesTheSameTracesOfAnUnknownUserAsOfAWrongPassword) {
  std::int64_t const before = store->commits();
  (void)sign_in("leader", "no");
  std::int64_t const of_known = store->commits() - before;
  (void)sign_in("nobody", "no");
  EXPECT_EQ(store->commits() - before - of_known, of_known);
  auto const reader = store->read();
  EXPECT_EQ(reader->sign_in_failures("account:leader")->count, 1);
  EXPECT_EQ(reader->sign_in_failures("account:nobody")->count, 1);
}

TEST(NobodysHash, CostsWhatARealOneCostsAndMatchesNothing) {
  PasswordHasher const hasher({16384, 2});
  EXPECT_FALSE(hasher.outdated(hasher.of_nobody()));
  EXPECT_THAT(hasher.of_nobody(), testing::StartsWith("$argon2id$v=19$m=16,t=2,p=1$"));
  EXPECT_FALSE(hasher.matches(hasher.of_nobody(), ""));
  EXPECT_NE(hasher.of_nobody(), PasswordHasher({16384, 2}).of_nobody());
}

TEST(PasswordHash, OfTheDefaultSettingsIsWhatOwaspAsksFor) {
  PasswordHasher const hasher(Settings{}.hash_cost);
  EXPECT_THAT(hasher.hash("x"), testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST_F(SigningIn, MakesAnOldHashAnewWhenTheCostChanges) {
  settings.hash_cost = {16384, 2};
  restart();
  ASSERT_TRUE(sign_in("leader", good_password));
  EXPECT_THAT(store->read()->account(leader)->password_hash, testing::HasSubstr("m=16,t=2"));
  EXPECT_TRUE(sign_in("leader", good_password));
  EXPECT_FALSE(sign_in("leader", other_password));
}

TEST_F(SigningIn, KeepsNoSecretInTheDatabase) {
  auto const signed_in = sign_in("leader", good_password);
  auto const session = store->read()->sessions(leader).at(0);
  EXPECT_NE(session.token_hash, signed_in->token);
  EXPECT_EQ(session.token_hash.size(), 64u);
  for (auto const& entry : journal()) {
    EXPECT_THAT(entry.dump(), testing::Not(testing::HasSubstr("argon2")));
    EXPECT_THAT(entry.dump(), testing::Not(testing::HasSubstr("sparrows")));
  }
}

TEST_F(SigningIn, WaitsLongerWithEachFailureAndOverARestart) {
  for (int failure = 0; failure < 5; ++failure)
    EXPECT_EQ(sign_in("leader", "no").error().refusal.reason, Reason::Unauthenticated);
  auto const locked = sign_in("leader", good_password);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().refusal.reason, Reason::TooOften);
  EXPECT_EQ(locked.error().retry_after, 30s);
  restart();
  EXPECT_EQ(sign_in("leader", good_password, "10.9.9.9").error().retry_after, 30s)
      << "from anywhere, and over a restart";
  wait(30s);
  EXPECT_EQ(sign_in("leader", "no").error().refusal.reason, Reason::Unauthenticated);
  EXPECT_EQ(sign_in("leader", good_password).error().retry_after, 60s) << "twice as long";
  wait(60s);
  EXPECT_TRUE(sign_in("leader", good_password));
  EXPECT_FALSE(store->read()->sign_in_failures("account:leader")) << "success forgets";
}

TEST_F(SigningIn, LocksAnUnknownUserOutAlike) {
  for (int failure = 0; failure < 5; ++failure) (void)sign_in("nobody", "no");
  EXPECT_EQ(sign_in("nobody", "no").error().refusal.reason, Reason::TooOften);
}

TEST_F(SigningIn, CountsAnAddressThatTriesManyAccounts) {
  for (int user = 0; user < 20; ++user)
    EXPECT_EQ(sign_in("user-" + std::to_string(user), "no").error().refusal.reason, Reason::Unauthenticated);
  EXPECT_EQ(sign_in("leader", good_password).error().refusal.reason, Reason::TooOften);
  EXPECT_TRUE(sign_in("leader", good_password, "10.0.0.8")) << "others are not disturbed";
}

TEST_F(SigningIn, WithOnesOwnAccountDoesNotBuyMoreGuesses) {
  for (int user = 0; user < 19; ++user) (void)sign_in("user-" + std::to_string(user), "no");
  ASSERT_TRUE(sign_in("leader", good_password));
  EXPECT_EQ(store->read()->sign_in_failures("address:10.0.0.7")->count, 19);
  (void)sign_in("user-19", "no");
  EXPECT_EQ(sign_in("user-20", "no").error().refusal.reason, Reason::TooOften);
}

TEST_F(SigningIn, ForgetsFailuresAfterADay) {
  for (int failure = 0; failure < 5; ++failure) (void)sign_in("leader", "no");
  wait(24h);
  EXPECT_TRUE(sign_in("leader", good_password));
  EXPECT_FALSE(store->read()->sign_in_failures("address:10.0.0.7"));
}

TEST_F(SigningIn, RefusesPublicPasswordsOutsideADemonstration) {
  ASSERT_EQ(demonstration_accounts(*store, *organisation, clock).value(), 1);
  EXPECT_FALSE(sign_in("auditor", "demo-auditor"));
  settings.demonstration = true;
  restart();
  EXPECT_TRUE(sign_in("auditor", "demo-auditor"));
}

TEST_F(SigningIn, EndsWithThePasswordsAgeWhereTheRulesSaySo) {
  settings.passwords.valid_days_max = 90;
  restart();
  wait(24h * 89);
  EXPECT_TRUE(sign_in("leader", good_password));
  wait(24h);
  EXPECT_EQ(sign_in("leader", good_password).error().refusal.reason, Reason::Forbidden);
  EXPECT_EQ(sign_in("leader", other_password).error().refusal.reason, Reason::Unauthenticated);
  ASSERT_TRUE(identity->set_password(leader, "a kettle, a lamp, and no moon", authority()));
  EXPECT_TRUE(sign_in("leader", "a kettle, a lamp, and no moon"));
}

TEST(Backoff, GrowsToItsLongestWaitAndStaysThere) {
  Settings const settings;
  Instant const now = at("2024-01-02T09:00:00+08:00");
  auto const wait = [&](int count, Instant when) {
    return wait_after(SignInFailures{"account:x", count, now}, settings.of_account, settings, when);
  };
  EXPECT_EQ(wait(4, now), std::nullopt);
  EXPECT_EQ(wait(5, now), 30s);
  EXPECT_EQ(wait(5, now + 29s + 1ms), 1s) << "rounded up";
  EXPECT_EQ(wait(5, now + 30s), std::nullopt);
  EXPECT_EQ(wait(9, now), 480s);
  EXPECT_EQ(wait(10, now), 900s);
  EXPECT_EQ(wait(1'000'000, now), 900s);
  EXPECT_EQ(wait(5, now - 48h), 30s) << "a clock that was set back";
}

TEST(SubjectOfAnAddress, IsTheNetworkThatOneClientHas) {
  EXPECT_EQ(subject_of_address("10.1.2.3"), "address:10.1.2.3");
  EXPECT_EQ(subject_of_address("::ffff:10.1.2.3"), "address:10.1.2.3");
  EXPECT_EQ(subject_of_address("2001:db8:1:2:3:4:5:6"), "address:2001:db8:1:2::/64");
  EXPECT_EQ(subject_of_address("2001:db8:1:2:ffff::1"), "address:2001:db8:1:2::/64");
}

}  // namespace
}  // namespace xiaohao::identity
