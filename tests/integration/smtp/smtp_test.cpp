#include <algorithm>
#include <chrono>
#include <gmock/gmock.h>
#include <set>

#include "engine/clock/clock.hpp"
#include "tests/integration/smtp/mail_server.hpp"
#include "tests/integration/smtp/outbox.hpp"

namespace xiaohao::notifications {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::SizeIs;

Instant const friday = store::at("2024-03-01T08:37:00+08:00");

class MailTest : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  MailServer server{folder.file("received.jsonl")};
  Outbox outbox{folder.file("test.db")};

  SmtpSettings smtp() const {
    SmtpSettings settings;
    settings.url = server.url();
    settings.tls = SmtpSettings::Tls::None;
    settings.from = {"xiaohao@county.example", "销号台", "https://xiaohao.county.example"};
    settings.message_seconds_max = std::chrono::seconds{2};
    settings.messages_per_minute_max = 0;
    return settings;
  }

  std::unique_ptr<Dispatcher> dispatcher(SmtpSettings settings, Patience patience = {}) {
    return std::make_unique<Dispatcher>(*outbox.store, outbox.people(),
                                        outer_channels({"", std::move(settings)}), patience);
  }

  /// Delivers whenever something is due, until `until`.
  static void live(Dispatcher& dispatcher, Instant until) {
    for (auto due = dispatcher.next_due(); due && *due <= until; due = dispatcher.next_due())
      ASSERT_TRUE(dispatcher.deliver(*due));
  }

  std::string header(nlohmann::json const& mail, char const* name) const {
    return mail["headers"].value(name, "");
  }
};

TEST_F(MailTest, ArrivesAsBothTextAndHtmlWithChineseHeaders) {
  outbox.add("owner-minzhengju", "minzheng@county.example");
  ASSERT_EQ(dispatcher(smtp())->deliver(friday).value(), 1);

  ASSERT_THAT(server.received(), SizeIs(1));
  nlohmann::json const mail = server.received().front();
  EXPECT_EQ(header(mail, "Subject"), "催办：第1项《开展走访慰问》已逾期1天");
  EXPECT_EQ(header(mail, "From"), "销号台 <xiaohao@county.example>");
  EXPECT_EQ(header(mail, "To"), "minzheng@county.example");
  EXPECT_EQ(header(mail, "Date"), "Fri, 01 Mar 2024 08:37:00 +0800");
  EXPECT_THAT(header(mail, "Message-ID"), MatchesRegex("<[0-9a-f]{32}@county.example>"));
  EXPECT_EQ(header(mail, "In-Reply-To"), "<item-1@county.example>");
  EXPECT_EQ(header(mail, "References"), "<item-1@county.example>");
  EXPECT_FALSE(mail["headers"].contains("List-Unsubscribe")) << "nobody takes leave of his duties";
  EXPECT_EQ(mail["content_type"], "multipart/alternative");
  EXPECT_THAT(mail["text"].get<std::string>(),
              AllOf(HasSubstr("县民政局承担的第1项《开展走访慰问》"), HasSubstr("was due on 2024-02-29"),
                    HasSubstr("https://xiaohao.county.example/items/1")));
  EXPECT_THAT(mail["html"].get<std::string>(),
              AllOf(HasSubstr("<p>县民政局承担的第1项《开展走访慰问》"),
                    HasSubstr("href=\"https://xiaohao.county.example/items/1\"")));
  EXPECT_TRUE(mail["ascii"]);
  EXPECT_LE(mail["longest_line"], 78);
  EXPECT_THAT(mail["defects"], IsEmpty());
  Notice const sent = outbox.notices("owner-minzhengju").front();
  EXPECT_EQ(sent.state, NoticeState::Sent);
  EXPECT_EQ(sent.sent_at, friday);
  EXPECT_THAT(sent.receipt, HasSubstr("queued as"));
}

TEST_F(MailTest, CarriesHostileNamesAsText) {
  outbox.write([](store::Transaction& transaction) {
    transaction.put_participant(person("owner-minzhengju", "minzheng@county.example"));
    Notice notice = notice_to("owner-minzhengju", 1);
    notice.subject.zh = "催办\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>";
    notice.body.zh = "<script>alert(1)</script>\n.\nQUIT";
    transaction.insert_notice(notice);
  });
  ASSERT_EQ(dispatcher(smtp())->deliver(friday).value(), 1);
  nlohmann::json const mail = server.received().front();
  EXPECT_THAT(mail["to"], ElementsAre("minzheng@county.example"));
  EXPECT_FALSE(mail["headers"].contains("Bcc"));
  EXPECT_THAT(mail["text"].get<std::string>(), HasSubstr("\n.\nQUIT"));
  EXPECT_THAT(mail["html"].get<std::string>(), testing::Not(HasSubstr("<script")));
}

TEST_F(MailTest, GathersOnePersonsNoticesInOneMail) {
  for (std::int64_t item = 1; item <= 13; ++item)
    outbox.add("owner-minzhengju", "minzheng@county.example", item);
  outbox.write([](store::Transaction& transaction) {
    WorkItem worst = share(14);  // due a month before the others
    worst.status.due = parse_date("2024-01-31").value();
    worst.status.version = 2;
    transaction.update_item(ItemId{14}, worst.status, {"issued"});
    Notice notice = notice_to("owner-minzhengju", 14);
    notice.key = "item/14/2024-01-31/urge/owner-minzhengju/mail";  // of the ladder that its own due date has
    transaction.insert_notice(notice);
  });
  ASSERT_EQ(dispatcher(smtp())->deliver(friday).value(), 1);
  ASSERT_THAT(server.received(), SizeIs(1));
  nlohmann::json const mail = server.received().front();
  EXPECT_EQ(header(mail, "Subject"), "销号台：14条事项通知（逾期14项）");
  EXPECT_THAT(mail["text"].get<std::string>(),
              AllOf(HasSubstr("\n10. 催办"), testing::Not(HasSubstr("\n11. ")),
                    HasSubstr("另有4条，请登录查看。"), HasSubstr("and 4 more")));
  EXPECT_THAT(mail["html"].get<std::string>(),
              HasSubstr("<ol>\n<li><a href=\"https://xiaohao.county.example/items/14\">"));
  std::set<std::string> deliveries;
  for (Notice const& notice : outbox.notices("owner-minzhengju")) deliveries.insert(notice.delivery);
  EXPECT_THAT(deliveries, SizeIs(1));
}

TEST_F(MailTest, IsTriedAgainAfterA451AndThenArrivesOnce) {
  outbox.add("owner-a", "defer-2@county.example");
  auto const post = dispatcher(smtp());
  EXPECT_EQ(post->deliver(friday).value(), 0);
  Notice const deferred = outbox.notices("owner-a").front();
  EXPECT_EQ(deferred.state, NoticeState::Failed);
  EXPECT_EQ(deferred.last_error, "451 4.3.0 try again later");
  EXPECT_THAT(*deferred.next_attempt_at - friday,
              AllOf(testing::Ge(std::chrono::seconds{48}), testing::Le(std::chrono::seconds{72})));
  live(*post, friday + std::chrono::hours{1});
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Sent);
  EXPECT_EQ(outbox.notices("owner-a").front().attempts, 3);
  EXPECT_THAT(server.received(), SizeIs(1));
}

TEST_F(MailTest, DiesOfA550AndTheCoordinatorIsTold) {
  outbox.add("owner-a", "refuse@county.example");
  outbox.add("owner-b", "full@county.example");
  auto const post = dispatcher(smtp());
  live(*post, friday + std::chrono::days{1});
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Dead);
  EXPECT_EQ(outbox.notices("owner-a").front().last_error, "550 5.1.1 no such mailbox");
  EXPECT_EQ(outbox.notices("owner-b").front().state, NoticeState::Dead);
  auto const alarms = outbox.notices("coordinator", "inbox");
  ASSERT_THAT(alarms, SizeIs(2));
  EXPECT_EQ(alarms.back().step, "undelivered");
  EXPECT_THAT(alarms.back().subject.zh, HasSubstr("未送达：给owner-a的1条通知"));
  EXPECT_THAT(alarms.back().body.zh, HasSubstr("550 5.1.1 no such mailbox"));
}

TEST_F(MailTest, DiesAfterItsTriesAreUsedUp) {
  outbox.add("owner-a", "defer@county.example");
  auto const post = dispatcher(smtp());
  live(*post, friday + std::chrono::days{3});
  Notice const dead = outbox.notices("owner-a").front();
  EXPECT_EQ(dead.state, NoticeState::Dead);
  EXPECT_EQ(dead.attempts, 8);
  EXPECT_EQ(post->next_due(), std::nullopt);
  EXPECT_THAT(outbox.notices("coordinator", "inbox"), SizeIs(1));
}

TEST_F(MailTest, GoesOutAgainUnderTheSameIdWhenTheServerVanishesAfterTheData) {
  outbox.add("owner-a", "vanish-1@county.example");
  auto const post = dispatcher(smtp());
  live(*post, friday + std::chrono::hours{1});
  auto const mails = server.received();
  ASSERT_THAT(mails, SizeIs(2));
  EXPECT_EQ(header(mails[0], "Message-ID"), header(mails[1], "Message-ID"));
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Sent);
}

TEST_F(MailTest, WaitsForAServerThatTearsTheConnectionOrIsBusy) {
  outbox.add("owner-a", "tear-1@county.example");
  outbox.add("owner-b", "busy-1@county.example");
  auto const post = dispatcher(smtp());
  live(*post, friday + std::chrono::hours{1});
  EXPECT_THAT(server.received(), SizeIs(2));
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Sent);
  EXPECT_EQ(outbox.notices("owner-b").front().state, NoticeState::Sent);
}

TEST_F(MailTest, DoesNotWaitLongForATarpit) {
  outbox.add("owner-a", "tarpit@county.example");
  outbox.add("owner-b", "owner-b@county.example");
  auto const post = dispatcher(smtp());
  auto const began = SystemClock().now();
  EXPECT_EQ(post->deliver(friday).value(), 1);  // the other one gets his
  EXPECT_LT(SystemClock().now() - began, std::chrono::seconds{60});
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Failed);
}

TEST_F(MailTest, LeavesADeadServerAloneAndSaysSoOnceAndLosesNothing) {
  for (int index = 0; index < 12; ++index)
    outbox.add("owner-" + std::to_string(100 + index), "owner" + std::to_string(index) + "@county.example",
               index + 1);
  SmtpSettings settings = smtp();
  std::string const port = server.port();
  server.stop();
  auto const post = dispatcher(settings);
  EXPECT_EQ(post->deliver(friday).value(), 0);
  int tried = 0;
  for (int index = 0; index < 12; ++index)
    tried += outbox.notices("owner-" + std::to_string(100 + index)).front().attempts;
  EXPECT_EQ(tried, 5);  // then it rests
  EXPECT_GT(*post->next_due(), friday);
  live(*post, friday + std::chrono::hours{2});
  auto const alarms = outbox.notices("coordinator", "inbox");
  ASSERT_THAT(alarms, SizeIs(1));
  EXPECT_EQ(alarms.front().subject.zh, "通知渠道中断：mail");

  server = MailServer(folder.file("received.jsonl"), {"--port", port});
  live(*post, friday + std::chrono::hours{12});
  EXPECT_THAT(server.received(), SizeIs(12));
}

TEST_F(MailTest, KeepsToTheRateThatTheServerAllows) {
  for (int index = 0; index < 5; ++index)
    outbox.add("owner-" + std::to_string(index), "owner" + std::to_string(index) + "@county.example");
  SmtpSettings settings = smtp();
  settings.messages_per_minute_max = 2;
  auto const post = dispatcher(settings);
  EXPECT_EQ(post->deliver(friday).value(), 2);
  EXPECT_EQ(post->next_due(), friday + std::chrono::minutes{1});
  live(*post, friday + std::chrono::minutes{2});
  EXPECT_THAT(server.received(), SizeIs(5));
}

TEST_F(MailTest, IsWithheldWithAReasonWhenThereIsNoAddressOrNothingToSayAnyMore) {
  outbox.add("owner-a", "not an address");
  outbox.add("owner-b", "owner-b@county.example", 2);
  outbox.write([](store::Transaction& transaction) {
    ItemStatus applied = share(2).status;
    applied.version = 2;
    applied.applied_at = friday;
    transaction.update_item(ItemId{2}, applied, {"first_review"});
    Notice reminder = notice_to("owner-c", 3);
    Notice higher = reminder;
    higher.key = "item/3/2024-02-29/supervise/owner-c/mail";
    higher.decided_at += std::chrono::days{3};
    higher.planned_for = friday;
    transaction.put_participant(person("owner-c", "owner-c@county.example"));
    transaction.insert_notice(reminder);
    transaction.insert_notice(higher);
  });
  EXPECT_EQ(dispatcher(smtp())->deliver(friday).value(), 1);
  EXPECT_EQ(outbox.notices("owner-a").front().withheld, "no_address");
  EXPECT_EQ(outbox.notices("owner-b").front().withheld, "settled");
  EXPECT_EQ(outbox.notices("owner-c").back().withheld, "muted");
  EXPECT_EQ(outbox.notices("owner-c").front().state, NoticeState::Sent);
}

TEST_F(MailTest, IsWithheldWhenNobodyHasSetUpTheChannel) {
  outbox.add("owner-a", "owner-a@county.example");
  Dispatcher post(*outbox.store, outbox.people(), outer_channels({}));
  EXPECT_EQ(post.deliver(friday).value(), 0);
  EXPECT_EQ(outbox.notices("owner-a").front().withheld, "channel_off");
}

TEST_F(MailTest, FillsTheInboxWithoutAnyServer) {
  outbox.write([](store::Transaction& transaction) {
    transaction.put_participant(person("owner-a", ""));
    transaction.insert_notice(notice_to("owner-a", 1, "inbox"));
  });
  Dispatcher inbox(*outbox.store, outbox.people(), inner_channels());
  EXPECT_EQ(inbox.next_due(), friday);
  EXPECT_EQ(inbox.deliver(friday - std::chrono::seconds{1}).value(), 0);
  EXPECT_EQ(inbox.deliver(friday).value(), 1);
  EXPECT_EQ(outbox.store->read()->unacknowledged(Username{"owner-a"}), 1);
}

class SecureMailTest : public MailTest {
 protected:
  void make_certificate() {
    std::string const command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
        "subjectAltName=IP:127.0.0.1 -keyout " +
        folder.file("key.pem") + " -out " + folder.file("certificate.pem") + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
};

TEST_F(SecureMailTest, SignsInAfterStartTlsAndTrustsOnlyWhomItIsTold) {
  make_certificate();
  server =
      MailServer(folder.file("received.jsonl"), {"--certificate", folder.file("certificate.pem"), "--key",
                                                 folder.file("key.pem"), "--auth", "xiaohao:correct horse"});
  SmtpSettings settings = smtp();
  settings.tls = SmtpSettings::Tls::StartTls;
  settings.username = "xiaohao";
  settings.password = "correct horse";
  outbox.add("owner-a", "owner-a@county.example");
  auto stranger = dispatcher(settings);
  EXPECT_EQ(stranger->deliver(friday).value(), 0);  // nobody vouches for the certificate
  EXPECT_THAT(outbox.notices("owner-a").front().last_error, HasSubstr("certificate"));

  settings.ca_file = folder.file("certificate.pem");
  settings.password = "wrong";
  auto const wrong = dispatcher(settings);
  live(*wrong, friday + std::chrono::minutes{2});
  EXPECT_EQ(outbox.notices("owner-a").front().state, NoticeState::Failed);  // no fault of the recipient

  settings.password = "correct horse";
  auto const post = dispatcher(settings);
  live(*post, friday + std::chrono::hours{1});
  EXPECT_THAT(server.received(), SizeIs(1));
}

TEST_F(SecureMailTest, SendsNothingInTheClearWhenTlsIsAskedFor) {
  outbox.add("owner-a", "owner-a@county.example");
  SmtpSettings settings = smtp();
  settings.tls = SmtpSettings::Tls::StartTls;
  EXPECT_EQ(dispatcher(settings)->deliver(friday).value(), 0);
  EXPECT_THAT(server.received(), IsEmpty());
}

/// Another process delivers, and is killed at moments that nobody chose.
TEST_F(MailTest, NeitherLosesNorDecidesTwiceWhenKilledAgainAndAgain) {
  constexpr int people = 40;
  for (int index = 0; index < people; ++index)
    for (std::int64_t item : {1, 2})
      outbox.add("owner-" + std::to_string(100 + index), "slow+" + std::to_string(index) + "@county.example",
                 item);
  std::string const database = folder.file("test.db");
  outbox.store.reset();
  int kills = 0;
  for (int round = 0;; ++round) {
    ASSERT_LT(round, 200);
    Process post({XIAOHAO_DISPATCH_ONCE, database, server.url()});
    ASSERT_EQ(post.line(), "delivering");
    if (round < 25) {
      ::usleep(static_cast<useconds_t>(7'000 + round * 9'311 % 40'000));
      post.kill(SIGKILL);
    }
    if (post.wait() == 0) break;
    ++kills;
  }
  outbox.store = store::open_sqlite(database).value();
  std::map<std::string, int> taken;
  for (nlohmann::json const& mail : server.received()) ++taken[header(mail, "Message-ID")];
  EXPECT_THAT(taken, SizeIs(people));  // one message a person, whatever happened
  int twice = 0;
  for (auto const& [id, times] : taken) twice += times - 1;
  EXPECT_LE(twice, kills);
  EXPECT_GE(kills, 10);
  for (int index = 0; index < people; ++index) {
    auto const notices = outbox.notices("owner-" + std::to_string(100 + index));
    ASSERT_THAT(notices, SizeIs(2));
    for (Notice const& notice : notices) {
      EXPECT_EQ(notice.state, NoticeState::Sent);
      EXPECT_EQ(taken.count("<" + notice.delivery + "@county.example>"), 1u);
    }
  }
}

}  // namespace
}  // namespace xiaohao::notifications
