// Who is told of the journal's head, when, and how often.

#include "notifications/head_notices.hpp"

#include <gmock/gmock.h>
#include <set>

#include "tests/unit/notifications/county.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::notifications {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Participant keeper(std::string const& username, std::string const& email, Role role) {
  return {Username{username}, username, std::nullopt, {role}, email, true};
}

journal::SignedHead head_at(std::string const& time) {
  static auto const key = journal::SigningKey::generate(journal::Suite::Sha256Ed25519);
  return journal::sign({key.public_key().suite(), 11, journal::sha256("root"), time, ""}, key);
}

class HeadNotices : public testing::Test {
 protected:
  Organisation organisation;
  Policy policy;

  void SetUp() override {
    for (Participant const& person :
         {keeper("auditor", "auditor@county.example", Role::Auditor),
          keeper("inspector", "inspector@county.example", Role::Inspector),
          keeper("no-mail", "", Role::Inspector), keeper("leader", "leader@county.example", Role::Leader)})
      organisation.participants.emplace(person.username, person);
  }
  std::vector<Notice> notices(std::string const& time, std::string const& now) const {
    return notices_of_head(head_at(time), policy, {}, organisation, parse_instant(now).value());
  }
  static std::vector<std::string> keys(std::vector<Notice> const& notices) {
    std::vector<std::string> keys;
    for (Notice const& notice : notices) keys.push_back(notice.key + " " + notice.withheld);
    return keys;
  }
};

TEST_F(HeadNotices, GoToAuditorAndInspectorsByMailAndOnceByWebhook) {
  EXPECT_THAT(keys(notices("2024-02-29T15:30:00.000+08:00", "2024-03-01T00:00:00+08:00")),
              ElementsAre("head/2024-02-29/auditor/mail ", "head/2024-02-29/inspector/mail ",
                          "head/2024-02-29/no-mail/mail no_address", "head/2024-02-29/auditor/webhook "));
  policy.heads.channels = {"inbox"};
  EXPECT_THAT(keys(notices("2024-02-29T15:30:00.000+08:00", "2024-03-01T00:00:00+08:00")),
              testing::SizeIs(3));
}

TEST_F(HeadNotices, GoOnceToTheGroupBehindARobot) {
  policy.heads.channels = {"feishu", "mail"};
  EXPECT_THAT(keys(notices("2024-02-29T15:30:00.000+08:00", "2024-03-01T00:00:00+08:00")),
              ElementsAre("head/2024-02-29/@feishu/feishu ", "head/2024-02-29/auditor/mail ",
                          "head/2024-02-29/inspector/mail ", "head/2024-02-29/no-mail/mail no_address"));
}

TEST_F(HeadNotices, DisturbNobodyBeforeTheMorningAndCarryTheHead) {
  Notice const notice = notices("2024-02-29T15:30:00.000+08:00", "2024-03-01T00:00:00+08:00").front();
  EXPECT_EQ(to_string(notice.planned_for).substr(0, 16), "2024-03-01T08:37");
  EXPECT_EQ(notice.item.value(), 0);
  EXPECT_EQ(notice.delivery.size(), 32U) << "a message of its own";
  journal::SignedHead const head = head_at("2024-02-29T15:30:00.000+08:00");
  EXPECT_THAT(notice.subject.zh, HasSubstr(short_code(head.head)));
  EXPECT_THAT(notice.subject.en, HasSubstr("11 entries"));
  EXPECT_TRUE(notice.body.zh.ends_with("\n" + journal::head_to_json(head).dump()));
  EXPECT_TRUE(notice.body.en.ends_with("\n" + journal::head_to_json(head).dump()));
}

TEST_F(HeadNotices, OfOneDayHaveOneKeyHoweverManyHeadsItHad) {
  EXPECT_EQ(keys(notices("2024-02-29T09:00:00.000+08:00", "2024-02-29T09:00:01+08:00")),
            keys(notices("2024-02-29T23:59:59.999+08:00", "2024-03-01T00:00:00+08:00")));
}

TEST_F(HeadNotices, GoByThePolicyInForceWhenTheyAreTold) {
  store::TemporaryFolder folder;
  auto const store = store::create_sqlite(folder.file("county.db")).value();
  auto const keep_head = [&](char const* time) {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      JournalEntry entry = store::entry("plan.created");
      entry.at = entry.recorded_at = store::at(time);
      transaction.append(std::move(entry));
      transaction.keep_head();
      return {};
    }));
  };
  auto const channels_told = [&] {
    std::set<std::string> channels;
    for (Notice const& notice : store->read()->notices({})) channels.insert(notice.channel);
    return channels;
  };
  HeadPost post(
      *store, [&] { return policy; }, {}, [&] { return std::make_shared<Organisation const>(organisation); });
  policy.heads.channels = {"inbox"};
  keep_head("2024-01-02T09:00:00+08:00");
  ASSERT_TRUE(post.tell(store::at("2024-01-02T09:00:00+08:00")));
  EXPECT_THAT(channels_told(), ElementsAre("inbox"));
  policy.heads.channels = {"webhook"};
  ASSERT_TRUE(post.tell(store::at("2024-01-02T10:00:00+08:00")));
  EXPECT_THAT(channels_told(), ElementsAre("inbox")) << "the day's head has been told";
  keep_head("2024-01-03T09:00:00+08:00");
  ASSERT_TRUE(post.tell(store::at("2024-01-03T09:00:00+08:00")));
  EXPECT_THAT(channels_told(), ElementsAre("inbox", "webhook"));
}

}  // namespace
}  // namespace xiaohao::notifications
