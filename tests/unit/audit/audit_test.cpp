// What `verify` says of a database that is whole, in use, or not whole.

#include "engine/audit/known_heads.hpp"
#include "tests/unit/audit/alterations.hpp"
#include "tests/unit/audit/audited_county.hpp"

namespace xiaohao::audit {
namespace {

class Audit : public AuditedCounty {};

TEST_F(Audit, OfADatabaseThatIsWholeFindsNothingAndCountsWhatItSaw) {
  Report const report = audited();
  EXPECT_THAT(names(report), IsEmpty());
  EXPECT_EQ(report.size, store->read()->journal_head().size);
  EXPECT_EQ(report.root, store->read()->journal_head().root);
  EXPECT_EQ(report.extent.items, 5);  // a task with two shares, and two findings
  EXPECT_EQ(report.extent.evidence_files, 2);
  EXPECT_GT(report.extent.rows, 50);
  EXPECT_EQ(report.key_id, key_id());
}

TEST_F(Audit, ReadsBesideAServerThatGoesOnWriting) {
  for (int i = 0; i < 3; ++i) {
    must("owner-songshizhen", support, "report", {{"progress", 50 + i}});
    EXPECT_THAT(names(audited()), IsEmpty());
  }
}

TEST_F(Audit, OfADatabaseThatIsNotOpenedAnyMoreNamesTheRow) {
  close();
  execute(path,
          "UPDATE item_status SET progress = 10000 WHERE item = 3; DELETE FROM row_change WHERE position = "
          "(SELECT max(position) FROM row_change)");
  EXPECT_FALSE(store::open_sqlite(path));
  EXPECT_THAT(names(audited()), Contains("edited item_status/3"));
}

TEST_F(Audit, NamesTheEntryThatWasEditedDeletedOrSwappedAndNoOther) {
  close();
  execute(
      path,
      "UPDATE journal SET leaf = CAST(replace(CAST(leaf AS TEXT), '2024-11-29', '2024-12-29') AS BLOB) WHERE "
      "instr(CAST(leaf AS TEXT), '2024-11-29')");
  Report const edited = audited();
  int entries = 0;
  for (Finding const& finding : edited.findings)
    if (finding.where.starts_with("journal/") && finding.kind == Kind::Edited) ++entries;
  EXPECT_EQ(entries, 1) << testing::PrintToString(names(edited));
}

TEST_F(Audit, KnowsTwoEntriesThatChangedPlaces) {
  close();
  execute(path,
          "UPDATE journal SET position = -1 WHERE position = 3; UPDATE journal SET position = 3 WHERE "
          "position = 4;"
          "UPDATE journal SET position = 4 WHERE position = -1");
  auto const found = names(audited());
  EXPECT_THAT(found, Contains("reordered journal/3"));
  EXPECT_THAT(found, Contains("reordered journal/4"));
}

TEST_F(Audit, SetsApartEntriesOfATypeThatNobodyKnows) {
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
    JournalEntry unknown = store::entry("future.thing");
    t.append(unknown);
    unknown.item = lead;
    t.append(unknown);
    return {};
  }));
  Report const report = audited();
  EXPECT_THAT(names(report), IsEmpty());
  EXPECT_THAT(report.notes.front().en, HasSubstr("future.thing"));
  reopen();
  EXPECT_EQ(item(lead).status.stage, "closed");
}

TEST_F(Audit, RefusesWhatIsNoDatabaseOfOurs) {
  std::ofstream(folder.file("text")) << std::string(5000, 'x');
  EXPECT_EQ(audit(folder.file("text"), {"", people.rules, {}}).error().reason, Reason::Malformed);
  EXPECT_EQ(audit(folder.file("none"), {"", people.rules, {}}).error().reason, Reason::NotFound);
}

TEST_F(Audit, FollowsAKeyThatWasHandedOver) {
  close();
  auto const old = journal::SigningKey::load(path + ".key").value();
  std::filesystem::remove(path + ".key");
  ASSERT_TRUE(journal::SigningKey::generate(journal::Suite::Sha256Ed25519).save(path + ".key"));
  store = store::open_sqlite(path).value();
  ASSERT_TRUE(record::keep_key(*store, &old, {clock.now(), clock.now()}));
  EXPECT_THAT(names(audited()), IsEmpty());
}

TEST_F(Audit, ReadsHeadsInWhateverFormTheyWereKept) {
  auto const head = record::sign_head(*store->read(), *store->key()).value();
  nlohmann::json answer = head_to_json(head);
  EXPECT_EQ(heads_in(answer.dump()).value(), std::vector{head});
  EXPECT_EQ(heads_in(answer.dump() + "\n\n" + answer.dump() + "\n").value().size(), 2u);
  answer["short_code"] = "x";
  EXPECT_EQ(heads_in(answer.dump(1)).value(), std::vector{head});
  EXPECT_EQ(heads_in(to_json(record())).value().size(), 1u);
  for (char const* text : {"", "{}", "[]", "x", "{\"size\":1}"}) EXPECT_FALSE(heads_in(text)) << text;
}

}  // namespace
}  // namespace xiaohao::audit
