#include <fstream>
#include <sqlite3.h>

#include "tests/unit/store/small_store.hpp"

namespace xiaohao::store {
namespace {

void execute(std::string const& path, char const* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

TEST(Opening, RefusesADatabaseThatIsNotThere) {
  TemporaryFolder const folder;
  EXPECT_EQ(open_sqlite(folder.file("none.db")).error().reason, Reason::NotFound);
  EXPECT_FALSE(std::filesystem::exists(folder.file("none.db")));
}

TEST(Opening, NeverOverwrites) {
  TemporaryFolder const folder;
  ASSERT_TRUE(create_sqlite(folder.file("county.db")));
  EXPECT_EQ(create_sqlite(folder.file("county.db")).error().reason, Reason::NotPossible);
}

TEST(Opening, RefusesASecondServerOnTheSameFile) {
  TemporaryFolder const folder;
  auto first = create_sqlite(folder.file("county.db"));
  ASSERT_TRUE(first);
  auto const second = open_sqlite(folder.file("county.db"));
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().first().detail.en, testing::HasSubstr("in use by another process"));
  EXPECT_TRUE(read_sqlite(folder.file("county.db")));  // reading beside it is allowed
  first->reset();
  EXPECT_TRUE(open_sqlite(folder.file("county.db")));
}

TEST(Opening, RefusesADamagedFile) {
  TemporaryFolder const folder;
  std::ofstream(folder.file("county.db")) << std::string(8192, 'x');
  EXPECT_THAT(open_sqlite(folder.file("county.db")).error().first().detail.en, testing::HasSubstr("damaged"));
}

TEST(Opening, RefusesADatabaseOfAnotherProduct) {
  TemporaryFolder const folder;
  execute(folder.file("other.db"), "CREATE TABLE t (a)");
  EXPECT_THAT(open_sqlite(folder.file("other.db")).error().first().detail.en,
              testing::HasSubstr("not one of xiaohao"));
}

TEST(Opening, RefusesANewerSchema) {
  TemporaryFolder const folder;
  ASSERT_TRUE(create_sqlite(folder.file("county.db")));
  execute(folder.file("county.db"), "PRAGMA user_version = 9999");
  EXPECT_THAT(open_sqlite(folder.file("county.db")).error().first().detail.en, testing::HasSubstr("newer"));
}

}  // namespace
}  // namespace xiaohao::store
