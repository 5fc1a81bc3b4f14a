// Keys come and go: the run-book of docs/keys.md, as tests.

#include <fstream>

#include "engine/journal/base64.hpp"
#include "tests/unit/record/recorded_county.hpp"

namespace xiaohao::record {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class KeyFiles : public RecordedCounty {
 protected:
  std::string path = folder.file("county.db");

  void set_key(journal::SigningKey const& key) {
    close();
    std::filesystem::remove(path + ".key");
    ASSERT_TRUE(key.save(path + ".key"));
    store = store::open_sqlite(path).value();
    open();
  }
  journal::SigningKey load() const { return journal::SigningKey::load(path + ".key").value(); }
  static journal::SigningKey another() {
    return journal::SigningKey::generate(journal::Suite::Sha256Ed25519);
  }
};

TEST_F(KeyFiles, TheKeyStandsInTheJournalOnce) {
  EXPECT_TRUE(keep_key(*store, nullptr, {clock.now(), clock.now()}));
  EXPECT_EQ(keys_of(*store->read())->entries().size(), 1u);
  EXPECT_EQ(keys_of(*store->read())->last()->reason, "first");
}

TEST_F(KeyFiles, ARotatedKeyIsTrustedByWhoTrustsTheOld) {
  std::string const old_id = key_id();
  journal::SigningKey const old = load();
  set_key(another());
  EXPECT_EQ(keep_key(*store, nullptr, {clock.now(), clock.now()}).error().reason, Reason::Unavailable);
  ASSERT_TRUE(keep_key(*store, &old, {clock.now(), clock.now()}));
  close_lead();
  std::string const text = to_json(record());
  EXPECT_THAT(faults(text), IsEmpty());
  EXPECT_THAT(faults(text, key_id()), IsEmpty());
  EXPECT_THAT(faults(text, old_id), IsEmpty());
  EXPECT_EQ(verify(read_record(text).value(), old_id)->trust, Trust::HandedOver);
}

TEST_F(KeyFiles, AReplacedKeyIsNotTrustedByWhoTrustsTheOld) {
  std::string const old_id = key_id();
  set_key(another());
  ASSERT_TRUE(replace_key(*store, Loss::Stolen, {clock.now(), clock.now()}));
  EXPECT_EQ(keys_of(*store->read())->last()->reason, "stolen");
  close_lead();
  std::string const text = to_json(record());
  EXPECT_THAT(faults(text, key_id()), IsEmpty());
  EXPECT_THAT(faults(text, old_id), ElementsAre("/tree_head/key_id"));
}

TEST_F(KeyFiles, RecordsOfBeforeStayGoodAfterTheKeyChanged) {
  close_lead();
  std::string const before = to_json(record());
  std::string const old_id = key_id();
  set_key(another());
  ASSERT_TRUE(replace_key(*store, Loss::Lost, {clock.now(), clock.now()}));
  EXPECT_EQ(to_json(record()), before);
  EXPECT_THAT(faults(before, old_id), IsEmpty());
}

TEST_F(KeyFiles, ARecordOfBeforeTheTheftIsSignedAnewByTheKeyThatReplacedTheStolenOne) {
  close_lead();
  std::string const old_id = key_id();
  ASSERT_EQ(record().tree_head.head.key_id, old_id);
  set_key(another());
  ASSERT_TRUE(replace_key(*store, Loss::Stolen, {clock.now(), clock.now()}));
  std::string const anew = to_json(record());
  EXPECT_THAT(faults(anew, key_id()), IsEmpty());
  EXPECT_THAT(faults(anew, old_id), ElementsAre("/tree_head/key_id"));
}

TEST_F(KeyFiles, AStolenKeyCannotSignForTheJournalAfterwards) {
  journal::SigningKey const stolen = load();
  set_key(another());
  ASSERT_TRUE(replace_key(*store, Loss::Stolen, {clock.now(), clock.now()}));
  close_lead();
  CloseOutRecord forged = record();
  forged.tree_head = sign(forged.tree_head.head, stolen);
  EXPECT_THAT(faults(to_json(forged)), ElementsAre("/tree_head/signature"));
}

TEST_F(KeyFiles, WithoutItsKeyTheStoreIsReadAndNothingIsSigned) {
  close();
  std::filesystem::remove(path + ".key");
  store = store::open_sqlite(path).value();
  open();
  EXPECT_EQ(store->key(), nullptr);
  EXPECT_THAT(keep_key(*store, nullptr, {clock.now(), clock.now()}).error().first().detail.en,
              HasSubstr("no key to sign with"));
  close_lead();
  EXPECT_EQ(record_of(*store->read(), lead, nullptr).error().reason, Reason::Unavailable);
}

TEST_F(KeyFiles, AHeadIsKeptOnceADay) {
  auto const size = [&] { return store->read()->last_signed_head()->head.size; };
  auto const first = size();
  ASSERT_TRUE(keep_daily_head(*store, {at("2024-10-08T23:59:00+08:00"), at("2024-10-08T23:59:00+08:00")}));
  EXPECT_EQ(size(), first);
  ASSERT_TRUE(keep_daily_head(*store, {at("2024-10-09T00:00:00+08:00"), at("2024-10-09T00:00:00+08:00")}));
  EXPECT_EQ(size(), first);  // nothing was added
  must("owner-zhujianju", lead, "accept");
  ASSERT_TRUE(keep_daily_head(*store, {at("2024-10-09T00:00:00+08:00"), at("2024-10-09T00:00:00+08:00")}));
  ASSERT_TRUE(keep_daily_head(*store, {at("2024-10-09T08:00:00+08:00"), at("2024-10-09T08:00:00+08:00")}));
  EXPECT_EQ(size(), first + 2);
  auto const sealed = store->read()->entries_of_type("journal.sealed");
  ASSERT_EQ(sealed.size(), 1u);
  EXPECT_THAT(sealed[0].leaf, HasSubstr("row_changes"));
}

TEST_F(KeyFiles, AHeadOfOneSizeIsAlwaysTheSameBytes) {
  must("owner-zhujianju", lead, "accept");
  auto const head = sign_head(*store->read(), *store->key()).value();
  reopen();
  EXPECT_EQ(sign_head(*store->read(), *store->key()).value(), head);
}

}  // namespace
}  // namespace xiaohao::record
