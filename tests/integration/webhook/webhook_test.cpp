#include "notifications/channels/webhook.hpp"

#include <fstream>
#include <gmock/gmock.h>

#include "tests/integration/smtp/mail_server.hpp"
#include "tests/integration/smtp/outbox.hpp"

namespace xiaohao::notifications {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Kind = Outcome::Kind;

Instant const friday = store::at("2024-03-01T08:37:00+08:00");
std::string const secret = "a secret of the county's";

class WebhookTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  Process receiver{
      {XIAOHAO_PYTHON, "tests/integration/webhook/hook_server.py", folder.file("received.jsonl"), secret}};
  std::string port = receiver.line().substr(std::string("listening ").size());

  WebhookSettings settings(std::string const& path, std::string const& host = "127.0.0.1") const {
    WebhookSettings made;
    made.target.url = "http://" + host + ":" + port + path;
    made.target.allowed_addresses = {"127.0.0.1"};
    made.target.message_seconds_max = std::chrono::seconds{2};
    made.secret = secret;
    return made;
  }

  static Message message() {
    return gather({{notice_to("owner-minzhengju", 1, "webhook"), {}}}, "0123456789abcdef0123456789abcdef",
                  person("owner-minzhengju", ""), friday);
  }

  Outcome outcome(std::string const& path) const { return Webhook(settings(path)).deliver(message()); }

  std::vector<nlohmann::json> received() const {
    std::vector<nlohmann::json> taken;
    std::ifstream file(folder.file("received.jsonl"));
    for (std::string line; std::getline(file, line);) taken.push_back(nlohmann::json::parse(line));
    return taken;
  }
};

TEST_F(WebhookTest, IsTakenByAReceiverThatChecksTheSignature) {
  EXPECT_EQ(outcome("/take").kind, Kind::Taken);
  ASSERT_THAT(received(), SizeIs(1));
  nlohmann::json const taken = received().front();
  EXPECT_EQ(taken["message"], "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(taken["timestamp"], "1709253420");
  EXPECT_EQ(taken["body"]["timestamp"], 1709253420);
  EXPECT_EQ(taken["body"]["recipient"]["username"], "owner-minzhengju");
  EXPECT_EQ(taken["body"]["entries"][0]["item"], 1);
  EXPECT_EQ(taken["body"]["subject"]["zh"], "催办：第1项《开展走访慰问》已逾期1天");
}

TEST_F(WebhookTest, IsNotTakenWithAnotherSecretAndTheChannelIsToBlame) {
  WebhookSettings wrong = settings("/take");
  wrong.secret = "another secret altogether";
  EXPECT_EQ(Webhook(wrong).deliver(message()).kind, Kind::Unreachable);
  EXPECT_THAT(received(), IsEmpty());
}

TEST_F(WebhookTest, TellsNotNowFromNeverFromBroken) {
  for (int const status : {408, 429})
    EXPECT_EQ(outcome("/status/" + std::to_string(status)).kind, Kind::Deferred) << status;
  for (int const status : {400, 413, 422})
    EXPECT_EQ(outcome("/status/" + std::to_string(status)).kind, Kind::Refused) << status;
  for (int const status : {401, 403, 404, 500, 502, 503})
    EXPECT_EQ(outcome("/status/" + std::to_string(status)).kind, Kind::Unreachable) << status;
  EXPECT_EQ(outcome("/status/204").kind, Kind::Taken);
}

TEST_F(WebhookTest, FollowsNoRedirect) {
  Outcome const answered = outcome("/redirect");
  EXPECT_EQ(answered.kind, Kind::Unreachable);
  EXPECT_THAT(answered.answer, HasSubstr("307"));
  EXPECT_THAT(received(), IsEmpty());
}

TEST_F(WebhookTest, DoesNotWaitForOrSwallowAnAnswerWithoutEnd) {
  for (char const* path : {"/endless", "/headers"}) {
    Outcome const answered = outcome(path);
    EXPECT_EQ(answered.kind, Kind::Unreachable) << path;
    EXPECT_EQ(answered.answer, "the answer is too long") << path;
  }
  EXPECT_EQ(outcome("/hang").kind, Kind::Unreachable);
  EXPECT_EQ(outcome("/cut").kind, Kind::Unreachable);
}

TEST_F(WebhookTest, ReachesNoInternalAddressThatTheSettingsDoNotName) {
  for (char const* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"}) {
    WebhookSettings forbidden = settings("/take", host);
    forbidden.target.allowed_addresses.clear();
    Outcome const answered = Webhook(forbidden).deliver(message());
    EXPECT_EQ(answered.kind, Kind::Unreachable) << host;
    EXPECT_THAT(answered.answer, AllOf(HasSubstr("not one that may be reached"), Not(HasSubstr("/take"))))
        << host;
  }
  EXPECT_THAT(received(), IsEmpty());
}

TEST_F(WebhookTest, GoesThroughTheOutboxAndIsTriedAgainUntilTheReceiverIsBack) {
  Outbox outbox(folder.file("test.db"));
  outbox.write([](store::Transaction& transaction) {
    transaction.put_participant(person("owner-minzhengju", ""));
    transaction.insert_notice(notice_to("owner-minzhengju", 1, "webhook"));
  });
  auto const dispatch = [&](std::string const& path) {
    Settings all;
    all.webhook = settings(path);
    return std::make_unique<Dispatcher>(*outbox.store, outbox.people(), outer_channels(all));
  };
  auto const broken = dispatch("/status/503");
  ASSERT_EQ(broken->deliver(friday).value(), 0);
  Notice const failed = outbox.notices("owner-minzhengju", "webhook").front();
  EXPECT_EQ(failed.state, NoticeState::Failed);
  EXPECT_EQ(failed.last_error, "HTTP 503");
  auto const working = dispatch("/take");
  ASSERT_EQ(working->deliver(working->next_due().value()).value(), 1);
  EXPECT_EQ(outbox.notices("owner-minzhengju", "webhook").front().state, NoticeState::Sent);
  EXPECT_THAT(received(), SizeIs(1));
}

}  // namespace
}  // namespace xiaohao::notifications
