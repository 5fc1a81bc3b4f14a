// Links by which somebody sets his first password.

#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::identity {
namespace {

using namespace std::chrono_literals;

class Invitations : public County {
 protected:
  Username auditor{"auditor"};
  std::string password = "a kettle, a lamp, and no moon";

  std::string invite() { return identity->invite(auditor, authority()).value(); }
  Result<Username> accept(std::string const& secret) {
    return identity->accept_invitation(secret, {Username{""}, "", std::nullopt, {}, "", true}, password,
                                       clock.now());
  }
};

TEST_F(Invitations, AreGoodForThreeDaysByTheirWholeSecret) {
  std::string const secret = invite();
  EXPECT_EQ(identity->invitation(secret)->username, auditor);
  std::string forged = secret;
  forged.back() = forged.back() == 'x' ? 'y' : 'x';
  EXPECT_FALSE(identity->invitation(forged));
  wait(72h - 1ms);
  EXPECT_TRUE(identity->invitation(secret));
  wait(1ms);
  EXPECT_EQ(accept(secret).error().reason, Reason::NotFound);
}

TEST_F(Invitations, OpenNothingOnceThereIsAnAccount) {
  std::string const secret = invite();
  ASSERT_TRUE(accept(secret));
  EXPECT_TRUE(sign_in("auditor", password));
  EXPECT_EQ(accept(secret).error().reason, Reason::NotFound) << "used";
}

TEST_F(Invitations, OpenNothingOnceSomebodyElseHasMadeTheAccount) {
  std::string const secret = invite();
  ASSERT_TRUE(identity->add_account(organisation->participants.at(auditor), password, authority()));
  EXPECT_FALSE(identity->invitation(secret));
  EXPECT_EQ(accept(secret).error().reason, Reason::NotFound);
}

TEST_F(Invitations, AreForActivePeopleWithoutAnAccount) {
  EXPECT_EQ(identity->invite(leader, authority()).error().reason, Reason::NotPossible);
  EXPECT_EQ(identity->invite(Username{"nobody"}, authority()).error().reason, Reason::NotFound);
  EXPECT_EQ(identity->offer_first_set_up().error().reason, Reason::NotPossible) << "there are accounts";
  std::string const secret = invite();
  change_person(auditor, [](Participant& person) { person.active = false; });
  EXPECT_EQ(accept(secret).error().reason, Reason::NotFound);
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    transaction.put_participant(organisation->participants.at(auditor));
    return {};
  }));
  EXPECT_EQ(identity->invite(auditor, authority()).error().reason, Reason::NotFound);
}

}  // namespace
}  // namespace xiaohao::identity
