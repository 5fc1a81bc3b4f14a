#include "engine/identity/secret.hpp"
#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::identity {
namespace {

using namespace std::chrono_literals;

class Sessions : public County {
 protected:
  std::string begin(Username const& username = leader) {
    return sign_in(username.value(), username == leader ? good_password : other_password)->token;
  }
};

TEST_F(Sessions, AreKnownByTheirTokenAlone) {
  std::string const token = begin();
  ASSERT_TRUE(identity->of_session(token));
  EXPECT_EQ(identity->of_session(token)->username, leader);
  EXPECT_FALSE(identity->of_session(""));
  EXPECT_FALSE(identity->of_session(token + "x"));
  EXPECT_FALSE(identity->of_session(store->read()->sessions(leader)[0].token_hash));
  EXPECT_FALSE(identity->of_bearer(token)) << "a cookie is no access token";
}

TEST_F(Sessions, AreNewAtEachSignIn) {
  std::string const first = begin();
  std::string const second = begin();
  EXPECT_NE(first, second);
  EXPECT_NE(identity->of_session(first)->csrf_token, identity->of_session(second)->csrf_token);
}

TEST_F(Sessions, SurviveARestart) {
  std::string const token = begin();
  restart();
  EXPECT_TRUE(identity->of_session(token));
}

TEST_F(Sessions, EndAfterTwoIdleHours) {
  std::string const token = begin();
  wait(2h - 1ms);
  EXPECT_TRUE(identity->of_session(token));
  wait(2h - 1ms);
  EXPECT_TRUE(identity->of_session(token)) << "seen in between";
  wait(2h);
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(Sessions, AreNotKeptAliveByAnOpenPage) {
  std::string const token = begin();
  wait(1h);
  EXPECT_TRUE(identity->of_unattended_session(token));
  wait(1h);
  EXPECT_FALSE(identity->of_unattended_session(token));
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(Sessions, EndAfterTwelveHoursHoweverBusy) {
  std::string const token = begin();
  for (int hour = 0; hour < 11; ++hour) {
    wait(1h);
    EXPECT_TRUE(identity->of_session(token)) << hour;
  }
  wait(1h);
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(Sessions, RememberOverARestartWhenTheyWereSeen) {
  std::string const token = begin();
  wait(90min);
  ASSERT_TRUE(identity->of_session(token));
  ASSERT_TRUE(identity->end_sessions(owner)) << "a write, so that the one before it is done";
  restart();
  wait(90min);
  EXPECT_TRUE(identity->of_session(token));
}

TEST_F(Sessions, AreWrittenOfAtMostOnceAMinuteForAllOfThem) {
  std::string const first = begin(), second = begin(owner);
  wait(61s);
  ASSERT_TRUE(identity->of_session(first));
  ASSERT_TRUE(identity->of_session(second));
  std::int64_t const before = store->commits();
  for (int second_of_minute = 0; second_of_minute < 59; ++second_of_minute) {
    wait(1s);
    ASSERT_TRUE(identity->of_session(first));
    ASSERT_TRUE(identity->of_session(second));
  }
  ASSERT_TRUE(store->write_and_wait([](store::Transaction&) -> Result<void> { return {}; }));
  EXPECT_LE(store->commits() - before, 1);
}

TEST_F(Sessions, EndWithSigningOut) {
  std::string const token = begin(), other = begin();
  ASSERT_TRUE(identity->of_session(token));
  ASSERT_TRUE(identity->sign_out(token));
  EXPECT_FALSE(identity->of_session(token));
  EXPECT_TRUE(identity->of_session(other));
  restart();
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(Sessions, DoNotComeBackWhenTheyWereSeenJustBefore) {
  std::string const token = begin();
  wait(10min);
  ASSERT_TRUE(identity->of_session(token)) << "queues a write of when it was seen";
  ASSERT_TRUE(identity->sign_out(token));
  ASSERT_TRUE(store->write_and_wait([](store::Transaction&) -> Result<void> { return {}; }));
  EXPECT_TRUE(store->read()->sessions(leader).empty());
}

TEST_F(Sessions, CanBeListedAndEndedOneByOne) {
  std::string const first = begin();
  wait(1min);
  std::string const second = begin();
  auto const sessions = identity->sessions(leader);
  ASSERT_EQ(sessions.size(), 2u);
  EXPECT_EQ(sessions[0].address, "10.0.0.7");
  EXPECT_GT(sessions[0].created_at, sessions[1].created_at) << "the latest first";
  EXPECT_EQ(identity->end_session(owner, sessions[1].token_hash).error().reason, Reason::NotFound)
      << "not another user's";
  ASSERT_TRUE(identity->end_session(leader, sessions[1].token_hash));
  EXPECT_FALSE(identity->of_session(first));
  EXPECT_TRUE(identity->of_session(second));
}

TEST_F(Sessions, EndWithTheRightToSignIn) {
  std::string const token = begin(), other = begin(owner);
  change_person(leader, [](Participant& person) { person.active = false; });
  EXPECT_FALSE(identity->of_session(token)) << "at the next request";
  ASSERT_TRUE(identity->disable(owner, authority()));
  EXPECT_FALSE(identity->of_session(other));
  ASSERT_TRUE(identity->enable(owner, authority()));
  EXPECT_FALSE(identity->of_session(other)) << "enabling brings nothing back";
}

TEST_F(Sessions, EndWithANewPassword) {
  std::string const token = begin();
  ASSERT_TRUE(identity->set_password(leader, "a kettle, a lamp, and no moon", authority()));
  EXPECT_FALSE(identity->of_session(token));
  EXPECT_FALSE(sign_in("leader", good_password));
  EXPECT_TRUE(sign_in("leader", "a kettle, a lamp, and no moon"));
}

TEST_F(Sessions, EndWithinASecondWhenAnotherProcessEndsThem) {
  std::string const token = begin();
  ASSERT_TRUE(identity->of_session(token));
  ASSERT_TRUE(store->write_and_wait([](store::Transaction& transaction) -> Result<void> {
    transaction.delete_sessions_of(leader);
    return {};
  }));
  wait(1s);
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(Sessions, AreAnsweredFromMemory) {
  std::string const token = begin();
  ASSERT_TRUE(identity->of_session(token));
  // With every reader handed out, whoever asks the store would wait for ever.
  std::vector<std::shared_ptr<store::Reader const>> readers;
  for (int count = 0; count < 8; ++count) readers.push_back(store->read());
  EXPECT_TRUE(identity->of_session(token));
}

class AccessTokens : public County {};

TEST_F(Sessions, OfOneWhoLeftAndCameBackAreGoneThoughNobodyAskedMeanwhile) {
  std::string const token = sign_in("leader", good_password)->token;
  ASSERT_TRUE(identity->of_session(token));
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    transaction.delete_sessions_of(leader);
    return {};
  }));
  change_person(leader, [](Participant& person) { person.active = false; });
  change_person(leader, [](Participant& person) { person.active = true; });
  EXPECT_FALSE(identity->of_session(token));
}

TEST_F(AccessTokens, AreShownOnceAndStoredHashed) {
  auto const made = identity->create_token(leader, "nightly export", {Scope::Read}, 24h, authority());
  ASSERT_TRUE(made);
  EXPECT_THAT(made->token, testing::StartsWith("xiaohao_"));
  EXPECT_EQ(identity->of_bearer(made->token)->username, leader);
  EXPECT_FALSE(identity->of_session(made->token));
  EXPECT_FALSE(identity->of_bearer(store->read()->access_tokens(leader)[0].token_hash));
  EXPECT_EQ(journal().back()["type"], "token.created");
  EXPECT_THAT(journal().back().dump(), testing::Not(testing::HasSubstr(made->token)));
}

TEST_F(AccessTokens, HaveAScopeAndAnOwnerWhoMaySignIn) {
  EXPECT_EQ(identity->create_token(leader, "export", {}, 24h, authority()).error().first().pointer,
            "/scopes");
  ASSERT_TRUE(identity->disable(leader, authority()));
  EXPECT_EQ(identity->create_token(leader, "export", {Scope::Read}, 24h, authority()).error().reason,
            Reason::NotFound);
}

TEST_F(AccessTokens, OfOneWhoHasLeftOpenNothing) {
  std::string const token = identity->create_token(leader, "export", {Scope::Read}, 24h, authority())->token;
  ASSERT_TRUE(identity->of_bearer(token));
  change_person(leader, [](Participant& person) { person.active = false; });
  EXPECT_FALSE(identity->of_bearer(token));
}

TEST_F(AccessTokens, Expire) {
  std::string const token = identity->create_token(leader, "export", {Scope::Read}, 24h, authority())->token;
  wait(24h - 1ms);
  EXPECT_TRUE(identity->of_bearer(token));
  wait(1ms);
  EXPECT_FALSE(identity->of_bearer(token));
  EXPECT_EQ(
      identity->create_token(leader, "for ever", {Scope::Read}, 24h * 10'000, authority()).error().reason,
      Reason::Malformed);
}

TEST_F(AccessTokens, AreRevokedByTheirName) {
  std::string const token = identity->create_token(leader, "export", {Scope::Read}, 24h, authority())->token;
  ASSERT_TRUE(identity->of_bearer(token));
  EXPECT_EQ(identity->create_token(leader, "export", {Scope::Read}, 24h, authority()).error().reason,
            Reason::NotPossible);
  ASSERT_TRUE(identity->revoke_token(leader, "export", authority()));
  EXPECT_FALSE(identity->of_bearer(token));
  EXPECT_EQ(identity->revoke_token(leader, "export", authority()).error().reason, Reason::NotFound);
  EXPECT_TRUE(identity->create_token(leader, "export", {Scope::Read}, 24h, authority()))
      << "the name is free again";
}

TEST_F(AccessTokens, EndWithTheAccount) {
  std::string const token = identity->create_token(leader, "export", {Scope::Read}, 24h, authority())->token;
  ASSERT_TRUE(identity->disable(leader, authority()));
  EXPECT_FALSE(identity->of_bearer(token));
  ASSERT_TRUE(identity->enable(leader, authority()));
  EXPECT_FALSE(identity->of_bearer(token));
}

using CalendarFeeds = County;

TEST_F(CalendarFeeds, AreOneForEachPersonAndEndWithTheAccount) {
  std::string const first = identity->make_calendar_feed(owner, authority()).value();
  EXPECT_EQ(identity->of_calendar_feed(first), owner);
  EXPECT_EQ(journal().back()["type"], "account.calendar_made");
  EXPECT_THAT(journal().back().dump(), testing::Not(testing::HasSubstr(first)));
  std::string const second = identity->make_calendar_feed(owner, authority()).value();
  EXPECT_FALSE(identity->of_calendar_feed(first));
  EXPECT_EQ(identity->of_calendar_feed(second), owner);
  EXPECT_FALSE(identity->of_bearer(second)) << "it opens nothing else";
  EXPECT_FALSE(identity->of_session(second));
  ASSERT_TRUE(identity->disable(owner, authority()));
  ASSERT_TRUE(identity->enable(owner, authority()));
  EXPECT_FALSE(identity->of_calendar_feed(second));
  EXPECT_EQ(identity->remove_calendar_feed(owner, authority()).error().reason, Reason::NotFound);
  EXPECT_EQ(identity->make_calendar_feed(Username{"nobody"}, authority()).error().reason, Reason::NotFound);
}

TEST_F(CalendarFeeds, OfAUnitEndWithTheAccountToo) {
  std::string const secret = new_secret();
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    transaction.put_unit_calendar_feed({owner, UnitId{"zhujianju"}, hash_of_secret(secret), clock.now()});
    return {};
  }));
  EXPECT_EQ(identity->of_unit_calendar_feed(secret)->unit, UnitId{"zhujianju"});
  EXPECT_FALSE(identity->of_calendar_feed(secret)) << "it is not his own";
  EXPECT_FALSE(identity->of_bearer(secret));
  EXPECT_FALSE(identity->of_session(secret));
  EXPECT_FALSE(identity->of_unit_calendar_feed(secret + "x"));
  ASSERT_TRUE(identity->disable(owner, authority()));
  EXPECT_FALSE(identity->of_unit_calendar_feed(secret));
  ASSERT_TRUE(identity->enable(owner, authority()));
  EXPECT_FALSE(identity->of_unit_calendar_feed(secret)) << "enabling brings nothing back";
}

}  // namespace
}  // namespace xiaohao::identity
