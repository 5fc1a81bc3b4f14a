// `xiaohao init` on real files: what it makes, what it refuses, and that a refusal leaves nothing behind.

#include "cli/init.hpp"

#include <csignal>
#include <fstream>
#include <sstream>
#include <sys/resource.h>

#include "cli/demonstration.hpp"
#include "tests/unit/store/small_store.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char const* checklist = "workflows/checklists/2024.json";

struct Ran {
  int code;
  std::string out, err;
};

class Init : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::string database = folder.file("county.db");
  VirtualClock clock{store::at("2026-03-05T09:00:00+08:00")};

  Ran run(std::vector<std::string> const& arguments) const {
    std::ostringstream out, err;
    int const code = init_command(arguments, clock, out, err);
    return {code, out.str(), err.str()};
  }
  std::string file(char const* name, std::string const& text) const {
    std::string const path = folder.file(name);
    std::ofstream(path) << text;
    return path;
  }
  /// Rows 1, 2 and 19 alone, for what needs no more.
  std::string three_rows() const {
    auto document = nlohmann::json::parse(std::ifstream(checklist));
    nlohmann::json rows = nlohmann::json::array();
    for (std::size_t row : {0u, 1u, 18u}) rows.push_back(document["items"][row]);
    document["items"] = rows;
    return file("three-rows.json", document.dump());
  }
  /// What lies in the folder, but for the inputs that the test itself wrote.
  std::vector<std::string> left_behind() const {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(folder.file("")))
      if (std::string const name = entry.path().filename(); !name.ends_with(".json")) names.push_back(name);
    return names;
  }
  static std::vector<WorkItem> items(store::Store& store, ItemKind kind) {
    store::ItemFilter filter;
    filter.kind = kind;
    return store.read()->items(filter);
  }
};

TEST_F(Init, MakesADatabaseWithThe24Tasks) {
  Ran const ran = run({"--db", database, "--checklist", checklist});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("24 tasks, 43 shares, 6 milestones, 13 recurring duties"));
  EXPECT_THAT(ran.out, HasSubstr("nobody says yet who is in: 各定点帮扶单位, 各乡(镇、场)"));
  auto const store = store::open_sqlite(database).value();
  EXPECT_THAT(items(*store, ItemKind::Task), SizeIs(24));
  EXPECT_THAT(items(*store, ItemKind::Assignment), SizeIs(43));
  EXPECT_THAT(items(*store, ItemKind::Milestone), SizeIs(6));
  EXPECT_THAT(items(*store, ItemKind::Occurrence), SizeIs(13)) << "the first of each series";
  WorkItem const visits = items(*store, ItemKind::Task).front();
  EXPECT_EQ(visits.definition.schedule.due, parse_date("2024-02-29").value());
  EXPECT_EQ(visits.status.groups_unknown, 2);
  EXPECT_EQ(visits.status.shares, 2);
}

TEST_F(Init, CountsAPlanThatIsLoadedLateFromItsFirstDayAndRecordsWhenItWasLoaded) {
  ASSERT_EQ(run({"--db", database, "--checklist", three_rows()}).code, 0);
  auto const store = store::open_sqlite(database).value();
  auto const entry = nlohmann::json::parse(store->read()->journal(0, 1).at(0).leaf);
  EXPECT_EQ(entry["type"], "plan.created");
  EXPECT_EQ(entry["at"], "2024-01-01T00:00:00.000+08:00");
  EXPECT_EQ(entry["recorded_at"], "2026-03-05T09:00:00.000+08:00");
}

TEST_F(Init, CountsAPlanForAYearToComeFromNow) {
  VirtualClock const december{store::at("2025-12-20T09:00:00+08:00")};
  std::ostringstream out, err;
  ASSERT_EQ(init_command({"--db", database, "--checklist", "2024", "--year", "2026"}, december, out, err), 0)
      << err.str();
  auto const store = store::open_sqlite(database).value();
  auto const entry = nlohmann::json::parse(store->read()->journal(0, 1).at(0).leaf);
  EXPECT_EQ(entry["at"], "2025-12-20T09:00:00.000+08:00");
  EXPECT_EQ(entry["recorded_at"], entry["at"]);
}

TEST_F(Init, KeepsTheLifecyclesThatTheItemsRunUnder) {
  ASSERT_EQ(run({"--db", database, "--checklist", three_rows()}).code, 0);
  auto const store = store::open_sqlite(database).value();
  for (auto const& [name, text] : workflows::shipped_lifecycles())
    EXPECT_EQ(store->read()->definition(name), text) << name;
}

TEST_F(Init, TakesTheYearAndTheOrganisationThatAreGiven) {
  Ran const ran = run({"--db", "sqlite:" + database, "--checklist", three_rows(), "--organisation",
                       "workflows/organisation/demonstration.json", "--year", "2025"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  auto const store = store::open_sqlite(database).value();
  EXPECT_EQ(store->read()->plans().at(0).year, PlanYear{2025});
  EXPECT_EQ(items(*store, ItemKind::Task).front().definition.schedule.due, parse_date("2025-02-28").value());
  EXPECT_NE(store->read()->organisation().participant(Username{"owner-songshizhen"}), nullptr);
}

TEST_F(Init, RefusesADatabaseThatExistsAndLeavesItAsItIs) {
  ASSERT_EQ(run({"--db", database, "--checklist", three_rows()}).code, 0);
  auto const size = std::filesystem::file_size(database);
  Ran const second = run({"--db", database, "--checklist", checklist});
  EXPECT_EQ(second.code, 2);
  EXPECT_THAT(second.err, HasSubstr("exists already"));
  EXPECT_EQ(std::filesystem::file_size(database), size);
}

TEST_F(Init, RefusesPostgresqlAsLongAsItCannotServeIt) {
  Ran const ran = run({"--db", "postgresql://localhost/county", "--checklist", checklist});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("PostgreSQL"));
}

TEST_F(Init, NamesTheOptionThatIsMissing) {
  EXPECT_THAT(run({"--db", database}).err, HasSubstr("--checklist is missing"));
  EXPECT_THAT(run({"--checklist", checklist}).err, HasSubstr("--db is missing"));
  EXPECT_EQ(run({"--db", database}).code, 2);
}

TEST_F(Init, NamesFilePointerAndReasonAndLeavesNoFileBehind) {
  auto document = nlohmann::json::parse(std::ifstream(checklist));
  document["items"][4]["deadline"] = "尽快";
  document["items"][6]["colour"] = "red";
  std::string const bad = file("bad.json", document.dump());
  Ran const ran = run({"--db", database, "--checklist", bad});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err,
              HasSubstr("xiaohao: " + bad + " /items/4/deadline: 尽快 means a time that cannot be fixed"));
  EXPECT_THAT(ran.err, HasSubstr("xiaohao: " + bad + " /items/6/colour: is not a known field"));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(Init, RefusesAUnitThatTheOrganisationDoesNotKnow) {
  auto document = nlohmann::json::parse(std::ifstream(checklist));
  document["items"][0]["units"][0] = "县组织部";
  Ran const ran = run({"--db", database, "--checklist", file("unknown.json", document.dump())});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("/items/0/units/0: the organisation has no unit or group \"县组织部\""));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(Init, RefusesFilesThatAreMissingOrNoJson) {
  EXPECT_EQ(run({"--db", database, "--checklist", folder.file("none.json")}).code, 2);
  Ran const ran = run({"--db", database, "--checklist", file("broken.json", "{\"title\": ")});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("not JSON at byte"));
  EXPECT_EQ(run({"--db", database, "--checklist", checklist, "--organisation", checklist}).code, 2);
  EXPECT_EQ(run({"--db", database, "--checklist", checklist, "--year", "20x4"}).code, 2);
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(Init, RefusesAFolderThatIsNotThere) {
  Ran const ran = run({"--db", folder.file("none/county.db"), "--checklist", checklist});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(left_behind(), IsEmpty());
}

/// No file may grow beyond `bytes` while it lives: as good as a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    before_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_handler_);
  }

 private:
  rlimit before_{};
  void (*before_handler_)(int) = nullptr;
};

class FullDisk : public Init, public testing::WithParamInterface<rlim_t> {};
TEST_P(FullDisk, IsSaidAndLeavesNoHalfDatabaseBehind) {
  std::string const rows = three_rows();
  Ran ran;
  {
    SmallDisk const disk(GetParam());
    ran = run({"--db", database, "--checklist", rows});
  }
  EXPECT_EQ(ran.code, 3) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("full or "));
  EXPECT_THAT(left_behind(), IsEmpty());
  EXPECT_EQ(run({"--db", database, "--checklist", rows}).code, 0);  // and with room again it is made
}
// Full at the first page, while the tables are made, and while the plan is written.
INSTANTIATE_TEST_SUITE_P(Bytes, FullDisk, testing::Values(1'000, 120'000, 300'000));

TEST_F(Init, KeepsAKeyThatWasThereBeforeItFailed) {
  std::string const rows = three_rows();
  ASSERT_EQ(run({"--db", database, "--checklist", rows}).code, 0);
  for (char const* ending : {"", "-wal", "-shm", ".lock", ".seal", ".heads"})
    std::filesystem::remove(database + ending);
  ASSERT_THAT(left_behind(), testing::Contains("county.db.key"));
  {
    SmallDisk const disk(300'000);
    EXPECT_EQ(run({"--db", database, "--checklist", rows}).code, 3);
  }
  EXPECT_THAT(left_behind(), testing::Contains("county.db.key"));
  EXPECT_FALSE(std::filesystem::exists(database));
}

class Demonstration : public Init {
 protected:
  std::unique_ptr<store::Store> store;
  decision::Rules rules = workflows::shipped_rules().value();
  Moment moment{store::at("2024-01-02T08:00:00+08:00"), store::at("2026-03-05T09:00:00+08:00")};

  void SetUp() override {
    ASSERT_EQ(run({"--db", database, "--checklist", three_rows()}).code, 0);
    store = store::open_sqlite(database).value();
  }
  void fill() {
    auto const filled = fill_demonstration(*store, rules, moment);
    ASSERT_TRUE(filled) << filled.error().first().detail.en;
  }
};

TEST_F(Demonstration, FansOutTheGroupsThatItFills) {
  fill();
  // 走访慰问: two bureaus, seven 定点帮扶单位, twelve townships; 反馈问题整改: one and twelve; 干部培训:
  // nineteen and twelve.
  EXPECT_THAT(items(*store, ItemKind::Assignment), SizeIs(21 + 13 + 31));
  for (WorkItem const& task : items(*store, ItemKind::Task)) {
    EXPECT_EQ(task.status.groups_unknown, 0) << task.definition.title;
    int shares = 0;
    for (WorkItem const& child : store->read()->children(task.id()))
      shares += child.definition.kind == ItemKind::Assignment ? 1 : 0;
    EXPECT_EQ(task.status.shares, shares) << task.definition.title;
  }
}

TEST_F(Demonstration, WritesIntoTheJournalWhoTheGroupsAre) {
  auto const size = store->read()->journal_head().size;
  fill();
  auto const entry = nlohmann::json::parse(store->read()->journal(size, size + 1).at(0).leaf);
  EXPECT_EQ(entry["type"], "organisation.changed");
  EXPECT_THAT(entry["payload"]["groups"]["gexiangzhenchang"], SizeIs(12));
}

TEST_F(Demonstration, ChangesNothingTheSecondTime) {
  fill();
  auto const head = store->read()->journal_head();
  fill();
  EXPECT_EQ(store->read()->journal_head(), head);
}

TEST_F(Demonstration, LeavesAGroupThatTheCountyHasFilledItself) {
  ASSERT_TRUE(store->write_and_wait([](store::Transaction& transaction) -> Result<void> {
    UnitGroup group = transaction.organisation().groups.at(GroupId{"gexiangzhenchang"});
    Unit const township{UnitId{"songshizhen"}, "嵩市镇", "township", false, std::nullopt, std::nullopt};
    transaction.put_unit(township);
    group.members = {township.id};
    group.members_known = true;
    transaction.put_group(group);
    return {};
  }));
  fill();
  auto const organisation = store->read()->organisation();
  EXPECT_THAT(organisation.groups.at(GroupId{"gexiangzhenchang"}).members, SizeIs(1));
  EXPECT_EQ(organisation.unit(UnitId{"songshizhen"})->head, Username{"head-songshizhen"});
}

TEST_F(Demonstration, IsRefusedByACountyThatHasAnotherUnitOfTheSameName) {
  ASSERT_TRUE(store->write_and_wait([](store::Transaction& transaction) -> Result<void> {
    transaction.put_unit({UnitId{"songshi"}, "嵩市镇", "township", false, std::nullopt, std::nullopt});
    return {};
  }));
  auto const filled = fill_demonstration(*store, rules, moment);
  ASSERT_FALSE(filled);
  EXPECT_EQ(filled.error().reason, Reason::NotPossible);
  EXPECT_THAT(items(*store, ItemKind::Assignment), SizeIs(4));
}

}  // namespace
}  // namespace xiaohao::cli
