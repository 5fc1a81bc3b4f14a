// What somebody wrote is erased by law: it is nowhere in the database any more, and everything that was
// proved before stays proved.

#include "engine/erasure.hpp"

#include <fstream>
#include <iterator>

#include "engine/record/words.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "tests/unit/audit/audited_county.hpp"

namespace xiaohao::audit {
namespace {

using record::CloseOutRecord;
using Json = nlohmann::json;

constexpr char const* words = "危房改造全部完成";

class Erasing : public AuditedCounty {
 protected:
  Result<JournalEntry> erase(char const* who, Erasure const& wish) {
    Result<JournalEntry> outcome = refuse(Reason::Unavailable, "", {"", "not run"});
    auto const organisation = engine->organisation();
    Asking const asking{Username{who}, engine->now(), people.rules, *organisation};
    (void)store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      outcome = erase_text(transaction, wish, asking);
      return outcome.map([](JournalEntry const&) {});
    });
    return outcome;
  }
  std::int64_t entry_with(std::string const& type, std::string const& field, ItemId id) const {
    for (store::JournalLine const& line : store->read()->history(id))
      for (journal::CommittedText const& text : line.texts)
        if (text.field == field && entry_of(line)->type == type) return line.index;
    return -1;
  }
  std::int64_t application() const { return entry_with("closeout.apply", "summary", lead); }
  bool is_in_the_files(std::string const& text) {
    close();
    bool found = false;
    for (char const* ending : {"", "-wal"}) {
      std::ifstream file(path + ending, std::ios::binary);
      std::string const bytes{std::istreambuf_iterator<char>(file), {}};
      found = found || bytes.find(text) != std::string::npos;
    }
    store = store::open_sqlite(path).value();
    open();
    return found;
  }
};

TEST_F(Erasing, LeavesNoTraceOfTheTextAndEveryProofAsItWas) {
  CloseOutRecord const before = this->record();
  ASSERT_TRUE(is_in_the_files(words));
  auto const erased = erase("coordinator", {lead, application(), "summary", "本人要求"});
  ASSERT_TRUE(erased) << erased.error().first().detail.en;
  EXPECT_FALSE(is_in_the_files(words));
  EXPECT_THAT(names(audited()), IsEmpty());
  EXPECT_THAT(faults(record::to_json(before)), IsEmpty());  // it was handed out, and still holds

  CloseOutRecord const after = this->record();
  std::string const text = record::to_json(after);
  EXPECT_THAT(text, testing::Not(HasSubstr(words)));
  EXPECT_THAT(faults(text), IsEmpty());
  EXPECT_EQ(after.events[3].leaf, before.events[3].leaf);
  std::string told;
  for (Text const& line : record::words_of(after, record::verify(after, std::nullopt).value()))
    told += line.zh + "\n";
  EXPECT_THAT(told, HasSubstr(erased_text));
  EXPECT_THAT(told, HasSubstr("依法删除文字：本人要求"));
}

TEST_F(Erasing, OfAFilesNameErasesItWhereverItIsRepeated) {
  ASSERT_TRUE(erase("coordinator", {lead, entry_with("evidence.attach", "name", lead), "name", "人名"}));
  EXPECT_FALSE(is_in_the_files("验收单.pdf"));
  EXPECT_THAT(names(audited()), IsEmpty());
  Json const document = Json::parse(record::to_json(this->record()));
  for (Json const& piece : document["evidence"]) EXPECT_TRUE(piece["name"].is_null());
  EXPECT_EQ(document["evidence"].size(), 2U);
  EXPECT_THAT(faults(document.dump()), IsEmpty());
}

TEST_F(Erasing, ReachesNoticesAndKeptAnswers) {
  Instant const now = clock.now();
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
    Notice notice;
    notice.key = "2/urged/9";
    notice.item = lead;
    notice.recipient = Username{"owner-zhujianju"};
    notice.channel = "inbox";
    notice.step = "urged";
    notice.body = {std::string("申请：") + words, "applied"};
    notice.decided_at = notice.planned_for = now;
    t.insert_notice(notice);
    t.put_reply(Username{"owner-zhujianju"}, "k2", {Json{{"payload", {{"summary", words}}}}.dump(), "{}"});
    return {};
  }));
  ASSERT_TRUE(erase("coordinator", {lead, application(), "summary", "本人要求"}));
  EXPECT_FALSE(is_in_the_files(words));
  EXPECT_THAT(names(audited()), IsEmpty());
  store::NoticeFilter filter;
  filter.item = lead;
  filter.step = "urged";
  EXPECT_EQ(store->read()->notices(filter).at(0).body.zh, std::string("申请：") + erased_text);
}

TEST_F(Erasing, IsForWhomTheTableLetsAndSaysWhatIsWrong) {
  EXPECT_EQ(erase("owner-zhujianju", {lead, application(), "summary", "x"}).error().reason,
            Reason::Forbidden);
  EXPECT_EQ(erase("inspector", {lead, application(), "summary", "x"}).error().reason, Reason::Forbidden);
  EXPECT_EQ(erase("coordinator", {lead, application(), "summary", " "}).error().first().pointer, "/reason");
  EXPECT_EQ(erase("coordinator", {ItemId{999}, 1, "summary", "x"}).error().reason, Reason::NotFound);
  EXPECT_EQ(erase("coordinator", {support, application(), "summary", "x"}).error().first().pointer, "/entry");
  auto const no_such = erase("coordinator", {lead, application(), "text", "x"});
  EXPECT_EQ(no_such.error().first().pointer, "/field");
  EXPECT_THAT(no_such.error().first().detail.en, HasSubstr("summary"));
  auto const size = store->read()->journal_head().size, first = application();
  ASSERT_TRUE(erase("coordinator", {lead, first, "summary", "x"}));
  EXPECT_EQ(store->read()->journal_head().size, size + 1);
  EXPECT_EQ(erase("coordinator", {lead, first, "summary", "x"}).error().reason, Reason::NotPossible);
}

TEST_F(Erasing, OfATextThatNobodyErasedIsNamedByTheAudit) {
  auto const at = std::to_string(application());
  close();
  store::sqlite::Connection connection(path, store::sqlite::Access::Writer);
  connection.execute(("DELETE FROM journal_text WHERE position = " + at).c_str());
  EXPECT_THAT(names(audited()), testing::ElementsAre("deleted journal_text/" + at + "/summary"));
  connection.execute(
      ("INSERT INTO journal_text VALUES (" + at + ", 'summary', zeroblob(32), '别的话')").c_str());
  EXPECT_THAT(names(audited()), Contains("edited journal_text/" + at + "/summary"));
}

TEST_F(Erasing, ARecordWithoutItsTextsDoesNotHoldUnlessItTellsThatTheyWereErased) {
  Json const good = Json::parse(record::to_json(this->record()));
  auto const changed = [&](auto const& change) {
    Json document = good;
    change(document);
    return faults(document.dump());
  };
  EXPECT_THAT(changed([](Json& d) { d.erase("texts"); }), Contains("/texts"));
  EXPECT_THAT(changed([](Json& d) { d["texts"].erase(1); }), Contains("/texts"));
  EXPECT_THAT(changed([](Json& d) { d["texts"] = Json::array(); }), Contains("/texts"));
  EXPECT_THAT(changed([](Json& d) { d["texts"][0]["text"] = "别的话"; }), Contains("/texts/0/text"));
  EXPECT_THAT(changed([](Json& d) { d["texts"][0]["salt"] = d["texts"][1]["salt"]; }),
              Contains("/texts/0/text"));
  EXPECT_THAT(changed([](Json& d) { std::swap(d["texts"][0], d["texts"][1]); }), Contains("/texts/1"));
  EXPECT_THAT(changed([](Json& d) { d["texts"][0]["field"] = "note2"; }), Contains("/texts/0"));
}

}  // namespace
}  // namespace xiaohao::audit
