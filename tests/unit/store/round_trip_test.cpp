#include "engine/journal/merkle.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::store {
namespace {

class Store2024 : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::unique_ptr<Store> store = create_sqlite(folder.file("county.db")).value();

  void SetUp() override {
    write([](Transaction& t) { t.put_plan(plan_2024()); });
  }

  void write(std::function<void(Transaction&)> change) {
    ASSERT_TRUE(store->write_and_wait([&](Transaction& t) -> Result<void> {
      change(t);
      return {};
    }));
  }
};

TEST_F(Store2024, GivesBackAnItemAsItWasGiven) {
  WorkItem item = visits(ItemId{1});
  item.status.contributors = {Username{"owner-zuzhibu"}, Username{"owner-fupinban"}};
  item.status.applied_at = at("2024-02-28T10:00:00.123+08:00");
  write([&](Transaction& t) { t.insert_item(item, {"open"}); });
  EXPECT_EQ(store->read()->item(ItemId{1}), item);
  EXPECT_EQ(store->read()->item(ItemId{2}), std::nullopt);
  ItemFilter filter;
  filter.text = "走访慰问";
  filter.due_before = parse_date("2024-03-01").value();
  EXPECT_EQ(store->read()->items(filter), std::vector{item});
  filter.due_before = item.status.due;  // exclusive
  EXPECT_TRUE(store->read()->items(filter).empty());
}

TEST_F(Store2024, CountsFollowEveryChangeOfAnItem) {
  WorkItem item = visits(ItemId{1});
  write([&](Transaction& t) { t.insert_item(item, {"open"}); });
  EXPECT_EQ(store->read()->counts(PlanYear{2024}),
            (std::vector<Count>{{ItemKind::Task, "春季整改", "", "open", 1, 0}}));
  item.status.version = 2;
  item.status.stage = "closed";
  item.status.closed = true;
  item.status.progress = complete;
  write([&](Transaction& t) { t.update_item(item.id(), item.status, {"closed"}); });
  EXPECT_EQ(store->read()->counts(PlanYear{2024}),
            (std::vector<Count>{{ItemKind::Task, "春季整改", "", "closed", 1, complete}}));
}

TEST_F(Store2024, AnUpdateOverAnotherVersionIsABugAndChangesNothing) {
  WorkItem item = visits(ItemId{1});
  write([&](Transaction& t) { t.insert_item(item, {"open"}); });
  item.status.version = 3;
  auto const outcome = store->write_and_wait([&](Transaction& t) -> Result<void> {
    t.update_item(item.id(), item.status, {"open"});
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().reason, Reason::Unavailable);
  EXPECT_EQ(store->read()->item(ItemId{1})->status.version, 1);
  EXPECT_EQ(store->read()->counts(PlanYear{2024}).front().items, 1);
}

TEST_F(Store2024, ARefusedWorkLeavesNothingAndDoesNotDisturbItsNeighbours) {
  std::vector<std::string> told;
  store->write(
      [](Transaction& t) -> Result<void> {
        t.append(entry("first"));
        return {};
      },
      [&](Result<void> r) { told.push_back(r ? "written" : "refused"); });
  store->write(
      [](Transaction& t) -> Result<void> {
        t.append(entry("second"));
        return malformed("/text", "no");
      },
      [&](Result<void> r) { told.push_back(r ? "written" : "refused"); });
  store->write(
      [](Transaction& t) -> Result<void> {
        t.append(entry("third"));
        throw std::runtime_error("bug");
      },
      [&](Result<void> r) { told.push_back(r ? "written" : "refused"); });
  write([](Transaction& t) { t.append(entry("fourth")); });
  EXPECT_THAT(told, testing::ElementsAre("written", "refused", "refused"));
  auto const lines = store->read()->journal(0, 10);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0].leaf, testing::HasSubstr("first"));
  EXPECT_THAT(lines[1].leaf, testing::HasSubstr("fourth"));
}

TEST_F(Store2024, TheJournalIsTheMerkleTreeOfItsLeaves) {
  for (int i = 0; i < 11; ++i) write([&](Transaction& t) { t.append(entry("report")); });
  auto const reader = store->read();
  JournalHead const head = reader->journal_head();
  ASSERT_EQ(head.size, 11);
  for (JournalLine const& line : reader->journal(0, 11))
    EXPECT_TRUE(journal::proves_inclusion(line.index, 11, journal::leaf_hash(line.leaf),
                                          reader->inclusion_proof(line.index, 11), head.root))
        << line.index;
}

TEST_F(Store2024, ASnapshotSeesOneMoment) {
  auto const before = store->read();
  write([](Transaction& t) { t.append(entry("later")); });
  EXPECT_EQ(before->journal_head().size, 0);
  EXPECT_EQ(store->read()->journal_head().size, 1);
}

TEST_F(Store2024, TimersComeInTheOrderTheyFallDue) {
  write([](Transaction& t) {
    t.insert_item(visits(ItemId{1}), {"open"});
    t.put_timer({TimerId{0}, ItemId{1}, at("2024-03-01T08:37:00+08:00"), "escalation", "urge"});
    t.put_timer({TimerId{0}, ItemId{1}, at("2024-02-28T08:37:00+08:00"), "escalation", "remind-1"});
    t.put_timer({TimerId{0}, ItemId{1}, at("2024-03-04T08:37:00+08:00"), "escalation",
                 "urge"});  // moved, not doubled
  });
  auto const timers = store->read()->timers_due(at("2024-03-05T00:00:00+08:00"), 10);
  ASSERT_EQ(timers.size(), 2u);
  EXPECT_EQ(timers[0].key, "remind-1");
  EXPECT_EQ(timers[1].due, at("2024-03-04T08:37:00+08:00"));
  EXPECT_EQ(store->read()->next_timer(), at("2024-02-28T08:37:00+08:00"));
}

TEST_F(Store2024, ANoticeIsDecidedOnce) {
  Notice notice;
  notice.key = "1/2024-02-29/urge/owner-zuzhibu";
  notice.item = ItemId{1};
  notice.recipient = Username{"owner-zuzhibu"};
  notice.channel = "inbox";
  bool first = false, second = true;
  write([&](Transaction& t) { first = t.insert_notice(notice), second = t.insert_notice(notice); });
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_EQ(store->read()->notices_to_send("inbox", at("2024-01-01T00:00:00+08:00"), 10).size(), 1u);
}

TEST_F(Store2024, NoticesAreCountedByStateAndThoseThatWaitByTheirTime) {
  Instant const noon = at("2024-03-01T12:00:00+08:00");
  int number = 0;
  auto const put = [&](Transaction& t, NoticeState state, Instant planned,
                       std::optional<Instant> next = std::nullopt) {
    Notice notice;
    notice.key = "notice/" + std::to_string(++number);
    notice.recipient = Username{"owner-zuzhibu"};
    notice.channel = number % 2 ? "mail" : "inbox";
    notice.planned_for = planned;
    notice.next_attempt_at = next;
    notice.state = state;
    if (state == NoticeState::Withheld) notice.withheld = "late";
    EXPECT_TRUE(t.insert_notice(notice));
  };
  EXPECT_EQ(store->read()->waiting_notices(noon), WaitingNotices{});
  using namespace std::chrono;
  write([&](Transaction& t) {
    put(t, NoticeState::Sent, noon - days{9});
    put(t, NoticeState::Sent, noon - days{9});
    put(t, NoticeState::Withheld, noon - days{9});
    put(t, NoticeState::Planned, noon - hours{1});
    put(t, NoticeState::Planned, noon + hours{1});
    put(t, NoticeState::Failed, noon - days{2}, noon + hours{2});  // longest, and it has another hour to wait
    put(t, NoticeState::Failed, noon - days{1}, noon);
    put(t, NoticeState::Sending, noon - days{5});
  });
  EXPECT_EQ(store->read()->notice_counts(),
            (std::map<NoticeState, std::int64_t>{{NoticeState::Planned, 2},
                                                 {NoticeState::Sending, 1},
                                                 {NoticeState::Sent, 2},
                                                 {NoticeState::Failed, 2},
                                                 {NoticeState::Withheld, 1}}));
  EXPECT_EQ(store->read()->waiting_notices(noon), (WaitingNotices{2, noon - days{2}}));
}

TEST_F(Store2024, NoticesAreFoundByItemByRecipientAndByNeither) {
  write([&](Transaction& t) {
    for (int number = 0; number < 12; ++number) {
      Notice notice;
      notice.key = "notice/" + std::to_string(number);
      notice.item = ItemId{number % 3};
      notice.recipient = Username{number % 2 ? "leader" : "coordinator"};
      notice.channel = number < 6 ? "mail" : "inbox";
      EXPECT_TRUE(t.insert_notice(notice));
    }
  });
  auto const keys = [&](NoticeFilter const& filter) {
    std::vector<std::string> found;
    for (Notice const& notice : store->read()->notices(filter)) found.push_back(notice.key.substr(7));
    return found;
  };
  using testing::ElementsAre;
  NoticeFilter filter;
  filter.item = ItemId{1};
  EXPECT_THAT(keys(filter), ElementsAre("10", "7", "4", "1")) << "the latest first";
  filter.recipient = Username{"leader"};
  EXPECT_THAT(keys(filter), ElementsAre("7", "1"));
  filter.item.reset();
  EXPECT_THAT(keys(filter), ElementsAre("11", "9", "7", "5", "3", "1"));
  filter.channel = "mail";
  filter.limit = 2;
  EXPECT_THAT(keys(filter), ElementsAre("5", "3"));
  filter.recipient.reset();
  filter.before = NoticeId{4};
  EXPECT_THAT(keys(filter), ElementsAre("2", "1"));
}

TEST_F(Store2024, ListenersHearOfChangesOnly) {
  int heard = 0;
  store->on_commit([&] { ++heard; });
  auto const before = store->commits();
  write([](Transaction&) {});
  EXPECT_EQ(store->commits(), before);
  write([](Transaction& t) { t.append(entry("report")); });
  EXPECT_EQ(store->commits(), before + 1);
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace xiaohao::store
