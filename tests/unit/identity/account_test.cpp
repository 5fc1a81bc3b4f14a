#include "engine/identity/people.hpp"
#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::identity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class Accounts : public County {
 protected:
  std::vector<std::string> types() const {
    std::vector<std::string> types;
    for (auto const& entry : journal()) types.push_back(entry["type"]);
    return types;
  }
};

TEST_F(Accounts, AreJournalledInTheSameTransaction) {
  ASSERT_TRUE(identity->set_password(leader, "a kettle, a lamp, and no moon", authority()));
  ASSERT_TRUE(identity->disable(leader, authority()));
  ASSERT_TRUE(identity->enable(leader, authority()));
  EXPECT_THAT(types(), ElementsAre("account.created", "account.created", "account.password_changed",
                                   "account.disabled", "account.enabled"));
  auto const last = journal().back();
  EXPECT_EQ(last["payload"]["username"], "leader");
  EXPECT_EQ(last["actor"], "security");
}

TEST_F(Accounts, OfANewPersonMakeTheParticipantToo) {
  Participant const newcomer{Username{"owner-zuzhibu"}, "张三", UnitId{"zhujianju"}, {Role::Owner}, "", true};
  ASSERT_TRUE(identity->add_account(newcomer, "a kettle, a lamp, and no moon", authority()));
  EXPECT_EQ(*store->read()->organisation().participant(newcomer.username), newcomer);
  auto const made = types();
  EXPECT_THAT((std::vector(made.end() - 2, made.end())),
              ElementsAre("participant.created", "account.created"));
}

TEST_F(Accounts, AreNotMadeTwice) {
  EXPECT_EQ(identity->add_account(organisation->participants.at(leader), other_password, authority())
                .error()
                .reason,
            Reason::NotPossible);
  EXPECT_TRUE(sign_in("leader", good_password));
}

TEST_F(Accounts, NameEveryFaultAtOnce) {
  Participant const bad{Username{"Bad Name"},         "张\xE2\x80\x8B三", UnitId{"nowhere"},
                        {Role::Auditor, Role::Owner}, "no address",       true};
  auto const refused = identity->add_account(bad, "short", authority());
  ASSERT_FALSE(refused);
  std::vector<std::string> pointers;
  for (Fault const& fault : refused.error().faults) pointers.push_back(fault.pointer);
  EXPECT_THAT(pointers,
              ElementsAre("/username", "/name", "/roles", "/unit", "/email", "/password", "/password"));
  EXPECT_THAT(types(), SizeIs(2)) << "nothing was made";
}

TEST_F(Accounts, AreOfNobodyWithoutARoleOrWithAnEndlessName) {
  Participant newcomer{Username{"owner-zuzhibu"}, "张三", UnitId{"zhujianju"}, {}, "", true};
  EXPECT_EQ(
      identity->add_account(newcomer, "a kettle, a lamp, and no moon", authority()).error().first().pointer,
      "/roles");
  newcomer.roles = {Role::Owner};
  newcomer.name = std::string(61, 'x');
  EXPECT_EQ(
      identity->add_account(newcomer, "a kettle, a lamp, and no moon", authority()).error().first().pointer,
      "/name");
}

TEST_F(Accounts, OfTheLastSecurityAdministratorIsNotDisabled) {
  Username const security{"security"};
  Participant const person{security, "安全管理员", std::nullopt, {Role::SecurityAdministrator}, "", true};
  ASSERT_TRUE(identity->add_account(person, "a kettle, a lamp, and no moon", authority()));
  EXPECT_EQ(identity->disable(security, authority()).error().reason, Reason::NotPossible);
  EXPECT_FALSE(store->read()->account(security)->disabled);
}

TEST_F(Accounts, ChangeTheirOwnPasswordByKnowingTheOldOne) {
  std::string const next = "a kettle, a lamp, and no moon";
  auto const change = [&](std::string const& present) {
    return identity->change_password(leader, present, next, "10.0.0.7", authority());
  };
  EXPECT_EQ(change(other_password).error().first().pointer, "/present_password");
  EXPECT_EQ(store->read()->sign_in_failures("account:leader")->count, 1) << "a guess is a guess";
  ASSERT_TRUE(change(good_password));
  EXPECT_TRUE(sign_in("leader", next));
  for (int guess = 0; guess < 5; ++guess) (void)change("no");
  EXPECT_EQ(change(next).error().reason, Reason::TooOften);
}

TEST_F(Accounts, TakeNoPasswordTwiceInARow) {
  EXPECT_EQ(identity->set_password(leader, good_password, authority()).error().first().pointer, "/password");
}

TEST_F(Accounts, ThatDoNotExistAreNotFound) {
  EXPECT_EQ(identity->disable(Username{"nobody"}, authority()).error().reason, Reason::NotFound);
  EXPECT_EQ(identity->set_password(Username{"auditor"}, good_password, authority()).error().reason,
            Reason::NotFound);
  EXPECT_EQ(
      identity->create_token(Username{"auditor"}, "x", {Scope::Read}, std::chrono::hours{1}, authority())
          .error()
          .reason,
      Reason::NotFound);
}

TEST_F(Accounts, OfADemonstrationAreMadeOnceForWhoHasNone) {
  auto const before = store->commits();
  EXPECT_EQ(demonstration_accounts(*store, *organisation, clock).value(), 1);
  EXPECT_EQ(store->commits() - before, 1);
  EXPECT_EQ(demonstration_accounts(*store, *organisation, clock).value(), 0);
  EXPECT_EQ(store->commits() - before, 1) << "nothing is written the second time";
  EXPECT_TRUE(sign_in("leader", good_password)) << "who has an account keeps it";
}

TEST(Separation, KeepsTheThreeAdministratorsApartFromEachOtherAndFromTheWork) {
  std::vector<Role> const administrators{Role::SystemAdministrator, Role::SecurityAdministrator,
                                         Role::Auditor};
  std::vector<Role> const others{Role::Leader, Role::Coordinator, Role::Head, Role::Owner, Role::Inspector};
  for (Role const one : administrators) {
    EXPECT_FALSE(conflict_between({one}));
    EXPECT_FALSE(conflict_between({one, one}));
    for (Role const two : administrators) EXPECT_EQ(conflict_between({one, two}).has_value(), one != two);
    for (Role const two : others) {
      EXPECT_TRUE(conflict_between({one, two}));
      EXPECT_TRUE(conflict_between({two, one}));
    }
  }
  EXPECT_FALSE(conflict_between(others));
}

TEST(UserName, IsNoneOfTheProgramsOwn) {
  for (char const* username : {"clock", "engine"}) {
    Participant const person{Username{username}, "张三", std::nullopt, {Role::Leader}, "", true};
    EXPECT_FALSE(check_participant(person, {})) << username;
  }
}

struct Name {
  char const* text;
  bool good;
};
class PersonName : public testing::TestWithParam<Name> {};
TEST_P(PersonName, HasNothingInvisible) {
  Participant const person{Username{"x"}, GetParam().text, std::nullopt, {Role::Leader}, "", true};
  EXPECT_EQ(check_participant(person, {}).has_value(), GetParam().good) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(Names, PersonName,
                         testing::Values(Name{"张三", true}, Name{"买买提·吐尔逊", true},
                                         Name{"𠮷田 José", true}, Name{"", false}, Name{"   ", false},
                                         Name{"\xE3\x80\x80", false}, Name{"a\nb", false},
                                         Name{"a\x7F", false}, Name{"张\xE2\x80\x8B三", false},
                                         Name{"\xE2\x80\xAE"
                                              "evil",
                                              false},
                                         Name{"\xEF\xBB\xBFx", false}, Name{"\xC0\xAF", false},
                                         Name{"\xED\xA0\x80", false}, Name{"\xFF", false},
                                         Name{"\xE5\xBC", false}));

}  // namespace
}  // namespace xiaohao::identity
