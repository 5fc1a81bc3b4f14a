// The three group robots against receivers that check what the vendors check.

#include <fstream>
#include <gmock/gmock.h>

#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"
#include "tests/integration/smtp/mail_server.hpp"
#include "tests/integration/smtp/outbox.hpp"

namespace xiaohao::notifications {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using Kind = Outcome::Kind;

Instant const friday = store::at("2024-03-01T08:37:00+08:00");
std::string const friday_seconds = "1709253420";
std::string const secret = "SECxiaohao-test-secret";
std::string const token = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";

struct Vendor {
  char const* name;
  char const* path;  ///< and query, up to the token
  bool signs;
  char const* too_fast;  ///< what it says when it is sent too much
  char const* bad_sign;  ///< what it says to a wrong signature or token
};
std::ostream& operator<<(std::ostream& out, Vendor const& vendor) { return out << vendor.name; }

class Robots : public testing::TestWithParam<Vendor> {
 protected:
  store::TemporaryFolder folder;
  Process receiver{{XIAOHAO_PYTHON, "tests/integration/robots/robot_server.py", folder.file("received.jsonl"),
                    token, GetParam().signs ? secret : "", "督查", friday_seconds, "2"}};
  std::string port = receiver.line().substr(std::string("listening ").size());

  nlohmann::json section(std::string const& prefix = "") const {
    nlohmann::json made = {{"url", "http://127.0.0.1:" + port + prefix + GetParam().path + token},
                           {"allowed_addresses", {"127.0.0.1"}},
                           {"message_seconds_max", 5},
                           {"keyword", "督查"}};
    if (GetParam().signs) made["secret"] = secret;
    return made;
  }

  /// The channels as an installation has them whose settings hold `robot`.
  Dispatcher::Channels channels(nlohmann::json const& robot) const {
    auto const settings =
        read_settings({{"public_url", "https://xiaohao.county.example"}, {GetParam().name, robot}});
    if (!settings) throw std::logic_error(settings.error().first().detail.en);
    return outer_channels(*settings);
  }

  Outcome outcome(nlohmann::json const& robot, Message const& message) const {
    for (auto const& channel : channels(robot))
      if (channel->name() == GetParam().name) return channel->deliver(message);
    return {Kind::Unreachable, "no such channel"};
  }
  Outcome outcome(nlohmann::json const& robot) const { return outcome(robot, message(1)); }

  Participant group() const { return person(group_behind(GetParam().name).value(), ""); }
  Notice notice(std::int64_t item) const {
    return notice_to(group().username.value(), item, GetParam().name);
  }

  Message message(int notices, std::string const& subject = "") const {
    std::vector<DueNotice> gathered;
    for (int at = 1; at <= notices; ++at) {
      gathered.push_back({notice(at), {}});
      if (!subject.empty()) gathered.back().notice.subject.zh = gathered.back().notice.body.zh = subject;
    }
    return gather(std::move(gathered), "0123456789abcdef0123456789abcdef", group(), friday);
  }

  std::vector<nlohmann::json> received() const {
    std::vector<nlohmann::json> taken;
    std::ifstream file(folder.file("received.jsonl"));
    for (std::string line; std::getline(file, line);) taken.push_back(nlohmann::json::parse(line));
    return taken;
  }
  std::string text() const { return received().back()["text"]; }
};

TEST_P(Robots, TakeAMessageThatIsSignedWithTheirSecret) {
  Outcome const answered = outcome(section());
  EXPECT_EQ(answered.kind, Kind::Taken) << answered.answer;
  ASSERT_THAT(received(), SizeIs(1));
  EXPECT_EQ(received().front()["robot"], GetParam().name);
  EXPECT_THAT(text(),
              AllOf(HasSubstr("督查：催办：第1项《开展走访慰问》已逾期1天"),
                    HasSubstr("完成时限2024年2月29日"), HasSubstr("https://xiaohao.county.example/items/1")));
}

TEST_P(Robots, RefuseForGoodWhatIsSignedWrongOrSentToNobody) {
  nlohmann::json wrong = section();
  if (GetParam().signs)
    wrong["secret"] = "another secret altogether";
  else
    wrong["url"] = wrong["url"].get<std::string>() + "x";
  Outcome const answered = outcome(wrong);
  EXPECT_EQ(answered.kind, Kind::Refused);
  EXPECT_THAT(answered.answer, HasSubstr(GetParam().bad_sign));
  if (GetParam().signs) {
    wrong = section();
    wrong["keyword"] = "销号";
    wrong["secret"] = secret;
    EXPECT_EQ(outcome(wrong).kind, Kind::Refused) << "the keyword that the robot asks for is not there";
  }
  EXPECT_THAT(received(), IsEmpty());
}

TEST_P(Robots, ThatAreSentTooMuchAreSentToLater) {
  for (int time = 0; time < 2; ++time) ASSERT_EQ(outcome(section()).kind, Kind::Taken);
  Outcome const answered = outcome(section());
  EXPECT_EQ(answered.kind, Kind::Deferred);
  EXPECT_THAT(answered.answer, HasSubstr(GetParam().too_fast));
  EXPECT_EQ(outcome(section("/busy")).kind, Kind::Deferred);
  EXPECT_EQ(outcome(section("/unheard-of/987654")).kind, Kind::Deferred) << "rather late than lost";
}

TEST_P(Robots, ThatDoNotWorkOrAreNotRobotsAreTheChannelsFault) {
  EXPECT_EQ(outcome(section("/broken")).kind, Kind::Unreachable);
  Outcome const portal = outcome(section("/portal"));
  EXPECT_EQ(portal.kind, Kind::Unreachable) << "HTTP 200 alone is no receipt";
  EXPECT_THAT(portal.answer, HasSubstr("not the robot's"));
  EXPECT_EQ(outcome(section("/unheard-of/true")).kind, Kind::Unreachable);
  nlohmann::json internal = section();
  internal["url"] = "https://127.0.0.1:" + port + GetParam().path + token;
  internal.erase("allowed_addresses");
  Outcome const forbidden = outcome(internal);
  EXPECT_EQ(forbidden.kind, Kind::Unreachable);
  EXPECT_THAT(forbidden.answer, AllOf(HasSubstr("not one that may be reached"), Not(HasSubstr(token))));
}

TEST_P(Robots, TakeTheLongestMessageThereIs) {
  std::string title;
  for (int at = 0; at < 200; ++at) title += "县\"城";
  Outcome const list = outcome(section(), message(30, title));
  EXPECT_EQ(list.kind, Kind::Taken) << list.answer;
  EXPECT_THAT(text(),
              AllOf(HasSubstr("条，请登录查看"), HasSubstr("https://xiaohao.county.example/notices")));
  nlohmann::json calling = section();
  calling["mention_all"] = true;
  Outcome const one = outcome(calling, message(1, title + title + title + title + title));
  EXPECT_EQ(one.kind, Kind::Taken) << one.answer;
  EXPECT_THAT(text(), HasSubstr("……"));
  EXPECT_THAT(received().back()["body"].dump(),
              testing::ContainsRegex("@all|\"isAtAll\":true|<at user_id=.{1,2}all"));
}

TEST_P(Robots, CannotBeMadeToCallPeopleOrShowLinksByTheNameOfAnItem) {
  std::string const hostile =
      "<at user_id=\"all\">所有人</at><@all>[领补贴](http://evil.example)\n# 通知\n`**`";
  Message sent = message(1, hostile);
  sent.subject.zh = hostile;
  ASSERT_EQ(outcome(section(), sent).kind, Kind::Taken);
  EXPECT_THAT(text(), AllOf(Not(HasSubstr("<at")), Not(HasSubstr("<@")), Not(HasSubstr("[领补贴]")),
                            Not(HasSubstr("\n#")), HasSubstr("领补贴")));
}

/// What an installation's outbox holds when the policy names the robot.
class RobotOutbox : public Robots {
 protected:
  Outbox outbox{folder.file("test.db")};

  std::unique_ptr<Dispatcher> dispatch(nlohmann::json const& robot) {
    return std::make_unique<Dispatcher>(*outbox.store, outbox.people(), channels(robot));
  }
  std::vector<Notice> notices() const { return outbox.notices(group().username.value(), GetParam().name); }
};

TEST_P(RobotOutbox, TellTheGroupOfAMorningInOneMessage) {
  outbox.write([&](store::Transaction& transaction) {
    transaction.put_participant(person("owner-minzhengju", ""));
    for (std::int64_t item = 1; item <= 30; ++item) {
      transaction.insert_notice(notice(item));
      transaction.insert_notice(notice_to("owner-minzhengju", item, "inbox"));
    }
  });
  auto const dispatcher = dispatch(section());
  EXPECT_EQ(dispatcher->deliver(friday).value(), 1);
  ASSERT_THAT(received(), SizeIs(1));
  EXPECT_THAT(text(), AllOf(HasSubstr("30条"), HasSubstr("另有20条"), Not(HasSubstr("acknowledge"))));
  EXPECT_THAT(notices(), SizeIs(30));
  EXPECT_THAT(notices(), Each(testing::Field(&Notice::state, NoticeState::Sent)));
  EXPECT_THAT(notices().front().receipt,
              StartsWith(std::string(GetParam().name) == "feishu" ? "code 0" : "errcode 0"));
}

TEST_P(RobotOutbox, TryAgainWhatWasTooFastAndReportWhatWasRefused) {
  outbox.write([&](store::Transaction& transaction) { transaction.insert_notice(notice(1)); });
  auto const dispatcher = dispatch(section());
  for (int time = 0; time < 2; ++time) ASSERT_EQ(outcome(section()).kind, Kind::Taken);  // now it is too fast
  ASSERT_EQ(dispatcher->deliver(friday).value(), 0);
  EXPECT_EQ(notices().front().state, NoticeState::Failed);
  EXPECT_THAT(notices().front().last_error, HasSubstr(GetParam().too_fast));
  ASSERT_GT(dispatcher->next_due().value(), friday + std::chrono::seconds{40}) << "it backs off";

  nlohmann::json wrong = section();
  if (GetParam().signs)
    wrong["secret"] = "another secret altogether";
  else
    wrong["url"] = wrong["url"].get<std::string>() + "x";
  auto const misconfigured = dispatch(wrong);
  ASSERT_EQ(misconfigured->deliver(misconfigured->next_due().value()).value(), 0);
  EXPECT_EQ(notices().front().state, NoticeState::Dead);
  auto const alarms = outbox.notices("coordinator", "inbox");
  ASSERT_THAT(alarms, SizeIs(1));
  EXPECT_THAT(alarms.front().body.zh, AllOf(HasSubstr("机器人的设置"), HasSubstr(GetParam().bad_sign)));
}

INSTANTIATE_TEST_SUITE_P(
    Of, Robots,
    testing::Values(Vendor{"wecom", "/cgi-bin/webhook/send?key=", false, "45009", "93000"},
                    Vendor{"dingtalk", "/robot/send?access_token=", true, "130101", "310000"},
                    Vendor{"feishu", "/open-apis/bot/v2/hook/", true, "11232", "19021"}));
INSTANTIATE_TEST_SUITE_P(
    Of, RobotOutbox,
    testing::Values(Vendor{"wecom", "/cgi-bin/webhook/send?key=", false, "45009", "93000"},
                    Vendor{"dingtalk", "/robot/send?access_token=", true, "130101", "310000"},
                    Vendor{"feishu", "/open-apis/bot/v2/hook/", true, "11232", "19021"}));

}  // namespace
}  // namespace xiaohao::notifications
