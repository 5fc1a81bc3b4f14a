#include "notifications/settings.hpp"

#include <fstream>
#include <gmock/gmock.h>

#include "engine/json/document.hpp"
#include "notifications/patience.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::notifications {
namespace {

std::vector<std::string> faults_of(nlohmann::json const& document) {
  std::vector<std::string> faults;
  if (auto const settings = read_settings(document); !settings)
    for (Fault const& fault : settings.error().faults)
      faults.push_back(fault.pointer + ": " + fault.detail.en);
  return faults;
}

nlohmann::json good() {
  return {{"public_url", "https://xiaohao.county.example/"},
          {"smtp", {{"url", "smtp://mail.county.example:587"}, {"from", "xiaohao@county.example"}}}};
}

TEST(Settings, AskForEncryptionUnlessToldOtherwise) {
  auto const settings = read_settings(good());
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->smtp->tls, SmtpSettings::Tls::StartTls);
  EXPECT_EQ(settings->smtp->from.public_url, "https://xiaohao.county.example");
}

TEST(Settings, TakeThePasswordFromAFileOfItsOwn) {
  store::TemporaryFolder folder;
  std::ofstream(folder.file("password")) << "correct horse\n";
  auto document = good();
  document["smtp"]["password_file"] = folder.file("password");
  EXPECT_EQ(read_settings(document)->smtp->password, "correct horse");
  document["smtp"]["password_file"] = folder.file("missing");
  EXPECT_THAT(faults_of(document), testing::ElementsAre("/smtp/password_file: cannot be read"));
}

TEST(Settings, LeaveFieldsOfOthersAlone) {
  auto document = good();
  document["listen"] = "0.0.0.0:8443";
  EXPECT_THAT(faults_of(document), testing::IsEmpty());
}

TEST(Settings, NameEveryFault) {
  EXPECT_THAT(
      faults_of({{"public_url", "xiaohao"},
                 {"smtp", {{"url", "http://mail"}, {"from", "a b@c"}, {"tls", "ssl"}, {"colour", 1}}}}),
      testing::UnorderedElementsAre("/public_url: must begin with https:// or http://",
                                    "/smtp/url: must begin with smtp:// or smtps://",
                                    "/smtp/tls: must be one of none, starttls, implicit",
                                    "/smtp/from: must be a mail address, as xiaohao@county.example",
                                    "/smtp/colour: is not a known field"));
  EXPECT_THAT(faults_of({{"smtp", 7}}), testing::Contains(testing::StartsWith("/smtp: ")));
}

TEST(MailAddress, IsOneThatCannotEndACommand) {
  for (char const* good_one : {"a@b", "owner.zhujianju+x@county.example"})
    EXPECT_TRUE(is_mail_address(good_one));
  for (char const* bad : {"", "a", "@b", "a@", "a@b@c", "a@b>\r\nRCPT TO:<c@d", "a b@c", "<a@b>", "张@b"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(Waiting, DoublesWithinAFifthAndIsTheSameEachTime) {
  Patience const patience;
  for (int attempt = 1; attempt <= 12; ++attempt) {
    auto const wait = wait_after(attempt, "key", patience);
    auto const nominal = std::min<Duration>(patience.first_wait * (1 << (attempt - 1)), patience.wait_max);
    EXPECT_GE(wait, nominal * 8 / 10);
    EXPECT_LE(wait, nominal * 12 / 10);
    EXPECT_EQ(wait, wait_after(attempt, "key", patience));
  }
  EXPECT_NE(wait_after(1, "key", patience), wait_after(1, "another key", patience));
}

}  // namespace
}  // namespace xiaohao::notifications
