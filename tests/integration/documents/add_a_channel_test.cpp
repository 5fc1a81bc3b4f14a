// docs/notifications.md, "Adding a channel in under 100 lines": the code that stands there, compiled by
// CMakeLists.txt, delivers.

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "notifications/channels/spool.hpp"
#include "tests/integration/smtp/outbox.hpp"

namespace xiaohao::notifications {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Instant const friday = store::at("2024-03-01T08:37:00+08:00");

std::string text_of(std::filesystem::path const& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string section() {
  std::string const document = text_of("docs/notifications.md");
  return document.substr(document.find("\n## Adding a channel in under 100 lines"));
}

/// The lines of code and of registration that the section shows, fences left out.
std::vector<std::string> lines_shown() {
  std::istringstream text(section());
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("```"))
      inside = !inside;
    else if (inside)
      lines.push_back(line);
  }
  return lines;
}

class AddingAChannel : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::filesystem::path const out = folder.file("out");
  Outbox outbox{folder.file("test.db")};

  void SetUp() override {
    std::filesystem::create_directory(out);
    Participant owner = person("owner-minzhengju", "");
    owner.unit = UnitId{"minzhengju"};
    outbox.write([&](store::Transaction& transaction) {
      transaction.put_unit({UnitId{"minzhengju"}, "县民政局", "agency", false, std::nullopt, std::nullopt});
      transaction.put_participant(owner);
      transaction.put_participant(person("of-no-unit", ""));
      for (char const* recipient : {"owner-minzhengju", "of-no-unit"})
        for (std::int64_t item : {1, 2}) transaction.insert_notice(notice_to(recipient, item, "spool"));
    });
  }
  std::unique_ptr<Dispatcher> dispatcher() {
    Dispatcher::Channels channels;
    channels.push_back(std::make_unique<Spool>(out));
    return std::make_unique<Dispatcher>(*outbox.store, outbox.people(), std::move(channels));
  }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::directory_iterator(out)) found.push_back(entry.path());
    return found;
  }
  Notice notice(char const* recipient = "owner-minzhengju") const {
    return outbox.notices(recipient, "spool").front();
  }
};

TEST_F(AddingAChannel, TakesFewerThanAHundredLines) {
  EXPECT_GT(lines_shown().size(), 40U) << "the section shows the whole channel";
  EXPECT_LT(lines_shown().size(), 100U);
}

TEST_F(AddingAChannel, NamesFilesAndPlacesThatAreThere) {
  EXPECT_THAT(text_of("engine/domain/channel_names.hpp"), HasSubstr("    {\"print\", \"\", \"\"},\n"));
  EXPECT_THAT(text_of("notifications/settings.cpp"),
              AllOf(HasSubstr("settings_fields"), HasSubstr("top.text_or(\"heads_file\""),
                    HasSubstr("if (settings.webhook) channels.push_back(")));
  EXPECT_THAT(text_of("notifications/settings.hpp"), HasSubstr("std::string heads_file"));
  EXPECT_THAT(text_of("notifications/CMakeLists.txt"), HasSubstr("channels/smtp.cpp"));
}

TEST_F(AddingAChannel, GivesOneThatDeliversWhatTheOutboxHolds) {
  ASSERT_EQ(dispatcher()->deliver(friday).value(), 1) << "one message of two notices";
  ASSERT_EQ(files().size(), 1U);
  EXPECT_EQ(files().front().filename(), notice().delivery + ".txt");
  EXPECT_THAT(text_of(files().front()),
              AllOf(HasSubstr("minzhengju"), HasSubstr("2条事项通知"), HasSubstr("1. 催办：第1项")));
  EXPECT_EQ(notice().state, NoticeState::Sent);
  EXPECT_EQ(notice().receipt, notice().delivery + ".txt");
  EXPECT_EQ(notice("of-no-unit").withheld, "no_address");
}

TEST_F(AddingAChannel, GivesOneThatWaitsAndRestsLikeTheOthers) {
  std::filesystem::remove(out);
  auto const waiting = dispatcher();
  ASSERT_EQ(waiting->deliver(friday).value(), 0);
  EXPECT_EQ(notice().state, NoticeState::Failed);
  EXPECT_THAT(notice().last_error, HasSubstr("cannot be written"));
  std::filesystem::create_directory(out);
  ASSERT_EQ(waiting->deliver(waiting->next_due().value()).value(), 1);
  EXPECT_EQ(notice().state, NoticeState::Sent);
}

}  // namespace
}  // namespace xiaohao::notifications
