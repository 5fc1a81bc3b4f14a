// Who changes the database by other means is found: at the next start where it concerns the end of the
// history, and row by row by the register.

#include <fstream>
#include <sqlite3.h>

#include "engine/journal/merkle.hpp"
#include "engine/store/sqlite/register.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Sealed : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::string path = folder.file("county.db");
  std::unique_ptr<Store> store = create_sqlite(path).value();

  void SetUp() override {
    write([](Transaction& t) {
      t.put_plan(plan_2024());
      t.put_unit({UnitId{"zhujianju"}, "县住建局", "agency", false, std::nullopt, std::nullopt});
      for (char const* name : {"owner-zhujianju", "inspector"})
        t.put_participant({Username{name}, name, UnitId{"zhujianju"}, {Role::Owner}, "", true});
      t.put_session({"abc", Username{"inspector"}, "csrf", at("2024-01-02T08:00:00+08:00"),
                     at("2024-01-02T08:00:00+08:00"), at("2024-01-03T08:00:00+08:00"), "127.0.0.1"});
      t.append(entry("first"));
    });
  }
  void write(std::function<void(Transaction&)> change) {
    auto const written = store->write_and_wait([&](Transaction& t) -> Result<void> {
      change(t);
      return {};
    });
    ASSERT_TRUE(written) << written.error().first().detail.en;
  }
  void copy(std::string const& from, std::string const& to) const {
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
  }
  void execute(char const* sql) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
  std::vector<std::string> differences() const {
    sqlite::Connection connection(path, sqlite::Access::Reader);
    std::vector<std::string> found;
    for (auto const& row : compare_with_register(connection, journal::HashAlgorithm::Sha256))
      found.push_back((row.registered ? row.found ? "edited " : "deleted " : "put in ") + row.name());
    return found;
  }
  std::string refusal() {
    store.reset();
    auto opened = open_sqlite(path);
    if (opened) return "";
    return opened.error().first().detail.en;
  }
};

TEST_F(Sealed, EveryRowIsAsTheRegisterSays) {
  EXPECT_THAT(differences(), IsEmpty());
  write([](Transaction& t) {
    t.put_plan(plan_2024());
    t.insert_item(visits(ItemId{1}), {"open"});
    t.put_unit({UnitId{"zhujianju"}, "住房城乡建设局", "agency", false, std::nullopt, std::nullopt});
    t.put_timer({TimerId{0}, ItemId{1}, at("2024-03-01T08:37:00+08:00"), "escalation", "urge"});
    t.cancel_timers(ItemId{1}, "escalation");
    t.put_reply(Username{"a/b"}, "k~", {"{}", "{}"});
    t.delete_session("abc");
  });
  EXPECT_THAT(differences(), IsEmpty());
  store.reset();
  store = open_sqlite(path).value();
  write([](Transaction& t) {
    t.put_unit({UnitId{"fupinban"}, "县扶贫办", "agency", false, std::nullopt, std::nullopt});
  });
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Sealed, ARowThatIsEditedDeletedOrPutInIsNamed) {
  store.reset();
  execute(
      "UPDATE participant SET roles = '[\"Leader\"]' WHERE username = 'owner-zhujianju';"
      "DELETE FROM session;"
      "INSERT INTO unit (id, name, kind, example) VALUES ('x', 'x', 'agency', 0);"
      "UPDATE plan SET year = 2025;");
  EXPECT_THAT(differences(), ElementsAre("edited participant/owner-zhujianju", "put in plan/2025",
                                         "deleted plan/2024", "deleted session/abc", "put in unit/x"));
}

TEST_F(Sealed, AWorkThatIsRefusedRegistersNothing) {
  auto const changes = [&] {
    sqlite::Connection connection(path, sqlite::Access::Reader);
    return connection.pragma("SELECT count(*) FROM row_change");
  };
  auto const before = changes();
  (void)store->write_and_wait([](Transaction& t) -> Result<void> {
    t.put_unit({UnitId{"y"}, "y", "agency", false, std::nullopt, std::nullopt});
    return malformed("", "no");
  });
  write([](Transaction& t) {  // that somebody was seen has no meaning
    identity::Session session = t.session("abc").value();
    session.last_seen_at = at("2024-01-02T09:00:00+08:00");
    t.put_session(session);
  });
  EXPECT_EQ(changes(), before);
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Sealed, ADatabaseThatWasLeftAloneIsOpened) {
  EXPECT_EQ(refusal(), "");
  std::filesystem::remove(path + ".seal");
  EXPECT_EQ(refusal(), "");
}

TEST_F(Sealed, AnOlderCopyPutBackIsNotOpened) {
  store.reset();
  copy(path, path + ".copy");
  store = open_sqlite(path).value();
  write([](Transaction& t) { t.append(entry("second")); });
  store.reset();
  copy(path + ".copy", path);
  EXPECT_THAT(refusal(), HasSubstr("cut short: it had 2 entries and has 1 now"));
}

TEST_F(Sealed, AnOlderCopyPutBackWithoutItsSealIsNotOpenedEither) {
  store.reset();
  copy(path, path + ".copy");
  store = open_sqlite(path).value();
  write([](Transaction& t) { t.append(entry("second")), t.keep_head(); });
  store.reset();
  copy(path + ".copy", path);
  std::filesystem::remove(path + ".seal");
  EXPECT_THAT(refusal(), HasSubstr("cut short: it had 2 entries and has 1 now"));
  std::filesystem::remove(path + ".heads");  // on purpose, as the refusal says
  EXPECT_EQ(refusal(), "");
}

TEST_F(Sealed, AnotherHistoryOfTheSameLengthIsNotOpened) {
  store.reset();
  for (char const* file : {"", ".seal"}) copy(path + file, path + ".copy" + file);
  store = open_sqlite(path).value();
  write([](Transaction& t) { t.append(entry("second")); });
  store.reset();
  copy(path + ".seal", path + ".seen");
  for (char const* file : {"", ".seal"}) copy(path + ".copy" + file, path + file);
  store = open_sqlite(path).value();
  write([](Transaction& t) { t.append(entry("another")); });
  store.reset();
  copy(path + ".seen", path + ".seal");
  EXPECT_THAT(refusal(), HasSubstr("rewritten: its first 2 entries"));
}

TEST_F(Sealed, AWriteAheadLogCutShortIsNotOpened) {
  copy(path, path + ".copy");
  copy(path + "-wal", path + ".copy-wal");
  std::filesystem::resize_file(path + ".copy-wal", std::filesystem::file_size(path + ".copy-wal") / 2);
  store.reset();
  copy(path + ".copy", path);
  copy(path + ".copy-wal", path + "-wal");
  EXPECT_THAT(refusal(), testing::AnyOf(HasSubstr("cut short"), HasSubstr("changed by something other")));
}

TEST_F(Sealed, ATailThatTheKeyDidNotSignIsNotOpened) {
  store.reset();
  execute("DELETE FROM row_change WHERE position = (SELECT max(position) FROM row_change)");
  EXPECT_THAT(refusal(), HasSubstr("changed by something other"));
}

TEST_F(Sealed, ARecomputedTreeLacksTheSignature) {
  store.reset();
  JournalEntry forged = entry("forged");
  std::string const leaf = leaf_of(forged);
  std::string const root = journal::leaf_hash(leaf);
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  auto const change = [&](char const* sql, std::string const& blob) {
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr), SQLITE_OK);
    sqlite3_bind_blob(statement, 1, blob.data(), static_cast<int>(blob.size()), SQLITE_TRANSIENT);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
  };
  change("UPDATE journal SET leaf = ?", leaf);
  change("UPDATE journal_node SET hash = ?", root);
  change("UPDATE seal SET journal_root = ?", root);
  sqlite3_close(handle);
  EXPECT_THAT(refusal(), HasSubstr("changed by something other"));
}

TEST_F(Sealed, AHeadIsKeptWhenAsked) {
  EXPECT_THAT(store->read()->signed_heads(0, 0), IsEmpty());
  write([](Transaction& t) {
    t.append(entry("closing"));
    t.keep_head();
  });
  auto const reader = store->read();
  auto const heads = reader->signed_heads(0, 0);
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads.front().head.size, 2);
  EXPECT_EQ(heads.front().head.root, reader->journal_head().root);
  EXPECT_EQ(heads.front().head.time, "2024-01-02T08:00:00.000+08:00");
  EXPECT_TRUE(is_signed_by(heads.front(), store->key()->public_key()));
  std::ifstream file(path + ".heads");
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  EXPECT_EQ(nlohmann::json::parse(line), head_to_json(heads.front()));
}

TEST_F(Sealed, ALineThatTheSecondFileLostIsAddedAgain) {
  write([](Transaction& t) { t.keep_head(), t.append(entry("a")); });
  write([](Transaction& t) { t.keep_head(), t.append(entry("b")); });
  store.reset();
  std::filesystem::remove(path + ".heads");
  store = open_sqlite(path).value();
  std::ifstream file(path + ".heads");
  int lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  EXPECT_EQ(lines, 2);
}

TEST(Sm, AJournalMayBeKeptWithTheNationalAlgorithms) {
  TemporaryFolder const folder;
  auto store = create_sqlite(folder.file("county.db"), journal::Suite::Sm3Sm2).value();
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(store->write_and_wait([](Transaction& t) -> Result<void> {
      t.append(entry("report"));
      t.keep_head();
      return {};
    }));
  store.reset();
  store = open_sqlite(folder.file("county.db")).value();
  auto const reader = store->read();
  EXPECT_EQ(reader->journal_suite(), journal::Suite::Sm3Sm2);
  auto const head = reader->signed_heads(3, 1).at(0);
  EXPECT_EQ(head.head.suite, journal::Suite::Sm3Sm2);
  EXPECT_TRUE(is_signed_by(head, store->key()->public_key()));
  EXPECT_TRUE(journal::proves_inclusion(
      1, 3, journal::leaf_hash(reader->journal(1, 2).at(0).leaf, journal::HashAlgorithm::Sm3),
      reader->inclusion_proof(1, 3), head.head.root, journal::HashAlgorithm::Sm3));
}

}  // namespace
}  // namespace xiaohao::store
