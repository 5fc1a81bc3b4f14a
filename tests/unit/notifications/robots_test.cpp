// What is said to a whole group by a messenger's robot: how it is signed, and that it is said once.

#include <gmock/gmock.h>

#include "engine/domain/channel_names.hpp"
#include "notifications/channels/dingtalk.hpp"
#include "notifications/channels/feishu.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/settings.hpp"
#include "tests/unit/notifications/county.hpp"

namespace xiaohao::notifications {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Two independent libraries agree on these; the instant is 2024-02-29T23:59:59+08:00.
TEST(RobotSignature, IsDingTalksWithTheSecretSignedBesideTheTime) {
  EXPECT_EQ(dingtalk_signature("SECxiaohao-test-secret", "1709222399000"),
            "timestamp=1709222399000&sign=saqEHQA6Y5KC1rcKWm0mH849D52KR1tv%2FCORYWsp8Fc%3D");
  EXPECT_EQ(dingtalk_signature("销号台", "1709222399000"),
            "timestamp=1709222399000&sign=PZZkY5Sx1MQdcK%2F%2FSXe4f34KtmoQKvAoyD2ro%2BPgh64%3D");
}

TEST(RobotSignature, IsFeishusWithNothingSignedByTimeAndSecret) {
  EXPECT_EQ(feishu_signature("xiaohao-feishu-secret", "1709222399"),
            "uxOGWXuLwA4F38w9VJ7qXbTtECooFev9AxbSF7sykz4=");
}

TEST(RobotSettings, TakeUrlAndSecretFromFilesAndNoMoreThanTheVendorAllows) {
  auto const faults = [](nlohmann::json const& document) {
    std::vector<std::string> found;
    if (auto const settings = read_settings(document); !settings)
      for (Fault const& fault : settings.error().faults)
        found.push_back(fault.pointer + ": " + fault.detail.en);
    return found;
  };
  std::string const url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K";
  EXPECT_THAT(faults({{"wecom", {{"url", url}}}}), testing::IsEmpty());
  EXPECT_THAT(faults({{"wecom", {{"url", url}, {"secret", "it signs nothing"}}}}),
              ElementsAre("/wecom/secret: is not a known field"));
  EXPECT_THAT(faults({{"wecom", {{"url", url}, {"messages_per_minute_max", 21}}}}),
              ElementsAre("/wecom/messages_per_minute_max: must be an integer in 1–20"));
  EXPECT_THAT(faults({{"dingtalk", {{"url_file", "/no/such/file"}}}}),
              Contains("/dingtalk/url_file: cannot be read"));
  EXPECT_THAT(faults({{"feishu", {{"url", "http://open.feishu.cn/open-apis/bot/v2/hook/H"}}}}),
              ElementsAre("/feishu/url: may be http:// only for an address named in allowed_addresses"));
  EXPECT_THAT(
      faults({{"feishu", {{"url", "https://open.feishu.cn/open-apis/bot/v2/hook/H"}, {"keyword", "a\nb"}}}}),
      ElementsAre(StartsWith("/feishu/keyword: must be one line")));
}

TEST(RobotText, IsCutBetweenCharactersAndNeverLongerThanAllowed) {
  Message message{"", {Username{"@wecom"}, "", std::nullopt, {}, "", true}, {}, {}, 0, {}, {}};
  message.subject.zh = std::string("督办：县住建局 第10项");
  message.entries.push_back({ItemId{7}, message.subject, {}});
  for (int at = 0; at < 300; ++at) message.entries.front().body.zh += "县";
  RobotSettings settings;
  settings.public_url = "https://x.example";
  for (std::size_t bytes_max = 200; bytes_max < 230; ++bytes_max) {
    std::string const text = robot_text(message, settings, {bytes_max, true, "\n"});
    EXPECT_LE(text.size(), bytes_max);
    EXPECT_THAT(text, AllOf(StartsWith("**销号台：督办"), HasSubstr("县……"),
                            HasSubstr("\n[打开销号台](https://x.example/items/7)")));
    EXPECT_EQ(std::count_if(text.begin(), text.end(), [](unsigned char c) { return c == 0xe5; }) > 0, true);
  }
}

class GroupNotices : public testing::Test {
 protected:
  County county;

  /// The shipped ladder, with the robot added to every step and to what is said of a return.
  static Ladder ladder() {
    nlohmann::json document = shipped_policy_document();
    for (auto& step : document["escalation"]["ladders"][0]["steps"]) step["channels"] = {"inbox", "wecom"};
    document["escalation"]["occasions"]["returned"]["channels"] = {"inbox", "wecom"};
    return Ladder(read_policy(document).value(), workflows::shipped_calendar().value());
  }
  std::vector<Notice> step(char const* name, char const* when) const {
    return ladder().notices_of_step(county.share("2024-02-29"), name, at(when), county.surroundings(when));
  }
};

TEST_F(GroupNotices, AreOneForAStepHoweverManyPeopleItTells) {
  EXPECT_THAT(
      who(step("supervise", "2024-03-05T08:37:00")),
      ElementsAre("head-zhujianju by inbox", "fenguan by inbox", "coordinator by inbox", "@wecom by wecom"));
}

TEST_F(GroupNotices, NameTheUnitAndGoWithTheMorningsMessage) {
  Notice const notice = step("urge", "2024-03-01T08:37:00").back();
  EXPECT_EQ(notice.key, "item/7/2024-02-29/urge/@wecom/wecom");
  EXPECT_EQ(notice.subject.zh, "县住建局：催办：第10项《安居扶贫巩固提升》已逾期1天");
  EXPECT_EQ(notice.pace, "morning");
  EXPECT_EQ(notice.planned_for, at("2024-03-01T08:37:00"));
  EXPECT_EQ(step("supervise", "2024-03-05T08:37:00").back().subject.zh,
            "督办：县住建局 第10项《安居扶贫巩固提升》逾期5天")
      << "which names the unit already";
}

TEST_F(GroupNotices, AreHeldBackOnlyWhenEverybodyIs) {
  county.silences.push_back({});
  Silence& silence = county.silences.back();
  silence.recipient = Username{"owner-zhujianju"};
  silence.from = at("2024-01-01T00:00:00");
  silence.until = at("2024-12-31T00:00:00");
  EXPECT_THAT(who(step("urge", "2024-03-01T08:37:00")),
              ElementsAre("owner-zhujianju by inbox, withheld: silenced", "head-zhujianju by inbox",
                          "@wecom by wecom"));
  silence.recipient.reset();
  silence.unit = UnitId{"zhujianju"};
  EXPECT_THAT(who(step("urge", "2024-03-01T08:37:00")), Contains("@wecom by wecom, withheld: silenced"));
}

TEST_F(GroupNotices, NeverHoldWhatSomebodyWroteToAPerson) {
  auto const notices = ladder().notices_of_occasion(
      county.share("2024-02-29"), {"returned", "owner", "户主签字系代签", Username{"coordinator"}},
      at("2024-02-20T17:00:00"), 12, county.surroundings("2024-02-20T17:00:00"));
  ASSERT_THAT(who(notices), ElementsAre("owner-zhujianju by inbox", "@wecom by wecom"));
  EXPECT_THAT(notices.front().body.zh, HasSubstr("代签"));
  EXPECT_THAT(notices.back().body.zh, Not(HasSubstr("代签")));
  EXPECT_EQ(notices.back().planned_for, at("2024-02-21T08:37:00")) << "prompt is for persons";
}

TEST(GroupName, IsNeverAPersons) {
  EXPECT_EQ(group_name(group_behind("feishu"))->zh, "飞书群");
  for (char const* person : {"wecom", "@mail", "@", "@nobody", "owner-zhujianju"})
    EXPECT_FALSE(group_name(Username{person})) << person;
}

}  // namespace
}  // namespace xiaohao::notifications
