#include "engine/journal/base64.hpp"
#include "tests/unit/record/recorded_county.hpp"

namespace xiaohao::record {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Record : public RecordedCounty {
 protected:
  /// The record with one thing changed, written anew.
  static std::vector<std::string> changed(CloseOutRecord const& good,
                                          std::function<void(Json&)> const& change) {
    Json document = Json::parse(to_json(good));
    change(document);
    return faults(document.dump());
  }
};

TEST_F(Record, OfAClosedShareHoldsWithoutTheDatabase) {
  close_lead();
  std::string const text = to_json(record());
  close();  // no store, no engine
  auto const read = read_record(text);
  ASSERT_TRUE(read) << read.error().first().pointer << read.error().first().detail.en;
  auto const verdict = verify(*read, std::nullopt);
  ASSERT_TRUE(verdict) << verdict.error().first().pointer << " " << verdict.error().first().detail.en;
  EXPECT_EQ(verdict->trust, Trust::Embedded);
  EXPECT_EQ(verdict->story.applicant, "owner-zhujianju");
  EXPECT_EQ(verdict->story.first_reviewer, "coordinator");
  EXPECT_EQ(verdict->story.verifier, "inspector");
  EXPECT_EQ(read->item["id"], 2);
  EXPECT_EQ(read->item["due"], "2024-10-31");
  EXPECT_EQ(read->plan["year"], 2024);
  EXPECT_EQ(read->evidence,
            Json::parse(R"([{"sha256":")" + std::string(64, 'a') + R"(","name":"验收单.pdf","size":1024}])"));
}

TEST_F(Record, SaysInWordsWhatWasDecidedByWhomAndWhen) {
  close_lead();
  CloseOutRecord const made = record();
  std::string zh, en;
  for (Text const& line : words_of(made, verify(made, std::nullopt).value()))
    zh += line.zh + "\n", en += line.en + "\n";
  EXPECT_THAT(zh, HasSubstr("第 10 项《安居扶贫巩固提升》，责任单位 zhujianju，时限 2024-10-31"));
  EXPECT_THAT(zh, HasSubstr("2024-10-08 09:00　owner-zhujianju　申请销号：危房改造全部完成"));
  EXPECT_THAT(zh, HasSubstr("2024-10-08 09:00　inspector　核查通过"));
  EXPECT_THAT(zh, HasSubstr("自动"));
  EXPECT_THAT(zh, HasSubstr("销号时间 2024-10-15"));
  EXPECT_THAT(en, HasSubstr("inspector: verified"));
  EXPECT_THAT(en, HasSubstr("No key was given"));
}

TEST_F(Record, IsRefusedWhileTheItemIsOpen) {
  EXPECT_EQ(record_of(*store->read(), lead, store->key().get()).error().reason, Reason::NotPossible);
  EXPECT_EQ(record_of(*store->read(), ItemId{99}, store->key().get()).error().reason, Reason::NotFound);
}

TEST_F(Record, IsTheSameBytesUntilSomethingMoreHappens) {
  close_lead();
  std::string const first = to_json(record());
  must("owner-songshizhen", support, "accept");
  reopen();
  EXPECT_EQ(to_json(record()), first);
  must("leader", lead, "reinspect.reopen", {{"reason", "复查发现漏户"}});
  EXPECT_EQ(record_of(*store->read(), lead, nullptr).error().reason, Reason::NotPossible);
}

TEST_F(Record, OfATaskHoldsByTheClosingOfItsShares) {
  close_lead();
  close_out("owner-songshizhen", "owner-zhujianju", support);
  auto const made = record_of(*store->read(), task, store->key().get());
  ASSERT_TRUE(made);
  EXPECT_THAT(faults(to_json(*made)), IsEmpty());
}

TEST_F(Record, OfAReopenedItemCountsTheLastCycleOnly) {
  close_lead();
  must("leader", lead, "reinspect.reopen", {{"reason", "复查发现漏户"}});
  must("owner-zhujianju", lead, "evidence.attach",
       {{"sha256", std::string(64, 'b')},
        {"name", "补充.pdf"},
        {"size", 7},
        {"media_type", "application/pdf"}});
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "已补齐"}});
  must("coordinator", lead, "closeout.approve");
  must("inspector", lead, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});
  ASSERT_TRUE(engine->advance(clock.now()));
  CloseOutRecord const made = record();
  EXPECT_THAT(faults(to_json(made)), IsEmpty());
  EXPECT_EQ(made.item["cycle"], 2);
  ASSERT_EQ(made.evidence.size(), 1u);
  EXPECT_EQ(made.evidence[0]["name"], "补充.pdf");
}

TEST_F(Record, ShowsWhateverWasChangedInIt) {
  close_lead();
  CloseOutRecord const good = record();
  ASSERT_THAT(faults(to_json(good)), IsEmpty());
  EXPECT_THAT(changed(good, [](Json& r) { r["item"]["title"] = "别的"; }), ElementsAre("/item"));
  EXPECT_THAT(changed(good, [](Json& r) { r["item"]["unit"] = nullptr; }), ElementsAre("/item"));
  EXPECT_THAT(changed(good, [](Json& r) { r["item"]["extra"] = 1; }), ElementsAre("/item"));
  EXPECT_THAT(changed(good, [](Json& r) { r["plan"]["year"] = 2025; }), ElementsAre("/plan"));
  EXPECT_THAT(changed(good, [](Json& r) { r["evidence"][0]["size"] = 1; }), ElementsAre("/evidence"));
  EXPECT_THAT(changed(good, [](Json& r) { r["evidence"] = Json::array(); }), ElementsAre("/evidence"));
  EXPECT_THAT(changed(good, [](Json& r) { r["events"][3]["entry"]["actor"] = "leader"; }),
              Contains("/events/3/entry"));
  EXPECT_THAT(changed(good, [](Json& r) { r["events"][3]["index"] = 0; }), Contains("/events/3/index"));
  EXPECT_THAT(changed(good, [](Json& r) { std::swap(r["events"][3], r["events"][4]); }),
              Contains("/events/4/index"));
  EXPECT_THAT(changed(good, [](Json& r) { r["tree_head"]["size"] = r["tree_head"]["size"].get<int>() + 1; }),
              Contains("/tree_head/signature"));
  EXPECT_THAT(changed(good, [](Json& r) { r["tree_head"]["algorithms"] = "SM3 SM2"; }),
              Contains("/tree_head/signature"));
  EXPECT_THAT(changed(good, [](Json& r) { r["inclusion"][0]["path"].push_back(r["tree_head"]["root"]); }),
              ElementsAre("/inclusion/0"));
  EXPECT_THAT(changed(good, [](Json& r) { r["inclusion"].push_back(r["inclusion"][0]); }),
              ElementsAre("/inclusion"));
  EXPECT_THAT(changed(good, [](Json& r) { r["keys"] = Json::array(); }), Contains("/keys"));
}

TEST_F(Record, LacksNoEvent) {
  close_lead();
  CloseOutRecord const good = record();
  for (std::size_t at = 0; at < good.events.size(); ++at) {
    CloseOutRecord lacking = good;
    lacking.events.erase(lacking.events.begin() + static_cast<std::ptrdiff_t>(at));
    std::erase_if(lacking.inclusion,
                  [&](Inclusion const& proof) { return proof.index == good.events[at].index; });
    EXPECT_THAT(faults(to_json(lacking)), testing::Not(IsEmpty())) << at;
  }
}

TEST_F(Record, IsReadInItsOneFormOnly) {
  close_lead();
  std::string const good = to_json(record());
  ASSERT_THAT(faults(good), IsEmpty());
  auto const replaced = [&](std::string const& from, std::string const& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return faults(text);
  };
  EXPECT_THAT(
      replaced("\"format\": \"xiaohao-closeout-record/1\"", "\"format\": \"xiaohao-closeout-record/2\""),
      ElementsAre("/format"));
  EXPECT_THAT(replaced("\"index\": 0", "\"index\": 0.0"), ElementsAre("/events/0/entry/index"));
  EXPECT_THAT(replaced("\"index\": 0", "\"index\": 0, \"index\": 0"), testing::Not(IsEmpty()));
  EXPECT_THAT(replaced("\"index\": 0", "\"index\": 9007199254740993"), ElementsAre("/events/0/entry/index"));
  EXPECT_THAT(replaced("\"path\": [", "\"path\": [null, "), testing::Not(IsEmpty()));
  EXPECT_THAT(faults(good + "x"), testing::Not(IsEmpty()));
  EXPECT_THAT(faults("\xef\xbb\xbf" + good), testing::Not(IsEmpty()));
  EXPECT_THAT(faults(good + std::string(1, '\0')), testing::Not(IsEmpty()));
  EXPECT_THAT(faults(""), testing::Not(IsEmpty()));
  EXPECT_THAT(faults(std::string(100'000, '[')), testing::Not(IsEmpty()));
  // Spaces and escapes mean nothing.
  EXPECT_THAT(replaced("\"index\": 0", "\"\\u0069ndex\":\t0"), IsEmpty());
}

TEST_F(Record, BelongsToTheKeyThatIsGiven) {
  close_lead();
  std::string const text = to_json(record());
  EXPECT_THAT(faults(text, key_id()), IsEmpty());
  EXPECT_THAT(faults(text, std::string(64, '0')), ElementsAre("/tree_head/key_id"));
}

TEST_F(Record, SignedByAnotherKeyThanTheJournalsDoesNotHold) {
  close_lead();
  CloseOutRecord forged = record();
  auto const other = journal::SigningKey::generate(journal::Suite::Sha256Ed25519);
  forged.tree_head = sign(forged.tree_head.head, other);
  EXPECT_THAT(faults(to_json(forged)), ElementsAre("/tree_head/signature"));
}

/// What a rewritten history can do at best: everything agrees, but the key is another.
TEST_F(Record, OfAnotherJournalIsNamedByItsKey) {
  close_lead();
  std::string const first = key_id();
  close();
  for (char const* file : {"county.db", "county.db.key", "county.db-wal", "county.db-shm"})
    std::filesystem::remove(folder.file(file));
  store = store::create_sqlite(folder.file("county.db")).value();
  SetUp();
  close_lead();
  EXPECT_THAT(faults(to_json(record())), IsEmpty());
  EXPECT_THAT(faults(to_json(record()), first), ElementsAre("/tree_head/key_id"));
}

}  // namespace
}  // namespace xiaohao::record
