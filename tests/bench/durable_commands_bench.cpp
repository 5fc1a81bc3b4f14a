// Durable commands a second: 64 clerks who report at once, through the engine, against raw SQLite that writes
// the same rows with the same group size. Real files, everything synced; rounds of both in turn, medians.
//
//     ./dev bench durable_commands [SECONDS] [FOLDER]

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <thread>

#include "engine/creation.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/county.hpp"
#include "tests/bench/median.hpp"
#include "workflows/rules.hpp"

namespace {

using namespace xiaohao;
using bench::median;
using bench::must;
using Clock_ = std::chrono::steady_clock;

constexpr int clerks = 64;
constexpr int rounds = 5;

/// The engine with one assignment for each clerk, all of them accepted.
class Ours {
 public:
  explicit Ours(std::string const& path) {
    rules_ = must(workflows::shipped_rules());
    Organisation organisation;
    std::vector<ItemDraft> drafts{{definition(ItemKind::Task, std::nullopt), std::nullopt}};
    for (int clerk = 0; clerk < clerks; ++clerk) {
      UnitId const unit{"unit" + std::to_string(clerk)};
      organisation.units.emplace(unit, Unit{unit, unit.value(), "agency", false, {}, {}});
      Username const owner{"owner-" + unit.value()};
      organisation.participants.emplace(owner,
                                        Participant{owner, owner.value(), unit, {Role::Owner}, "", true});
      drafts.push_back({definition(ItemKind::Assignment, unit), 0});
    }
    store_ = must(store::create_sqlite(path));
    Plan const plan{PlanYear{2024}, "plan", "bench", {}, {}};
    Moment const moment{clock_.now(), clock_.now()};
    if (auto made = create_plan(*store_, rules_, {plan, drafts}, organisation, {}, moment); !made)
      std::exit(3);
    engine_ = std::make_unique<Engine>(*store_, clock_, rules_);
    for (int clerk = 0; clerk < clerks; ++clerk)
      versions_.push_back(
          must(engine_->submit_and_wait(command(clerk, "accept", nlohmann::json::object(), 1)))
              .status.version);
  }

  struct Figures {
    double commands_a_second;
    double group;  ///< commands that shared one commit, on average
  };
  Figures run(std::chrono::milliseconds time) {
    std::atomic<bool> stop{false};
    std::atomic<long> done{0};
    auto const commits = store_->commits();
    auto const begin = Clock_::now();
    std::vector<std::thread> threads;
    for (int clerk = 0; clerk < clerks; ++clerk)
      threads.emplace_back([&, clerk] {
        auto& version = versions_[static_cast<std::size_t>(clerk)];
        for (int number = 0; !stop; ++number) {
          nlohmann::json const report{{"progress", number % 100},
                                      {"text", "本周完成危房改造三户，其余按计划推进"}};
          version = must(engine_->submit_and_wait(command(clerk, "report", report, version))).status.version;
          ++done;
        }
      });
    std::this_thread::sleep_for(time);
    stop = true;
    for (std::thread& thread : threads) thread.join();
    double const seconds = std::chrono::duration<double>(Clock_::now() - begin).count();
    double const made = static_cast<double>(store_->commits() - commits);
    return {static_cast<double>(done) / seconds, static_cast<double>(done) / made};
  }

 private:
  SystemClock clock_;
  decision::Rules rules_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Engine> engine_;
  std::vector<std::int64_t> versions_;

  static ItemDefinition definition(ItemKind kind, std::optional<UnitId> unit) {
    ItemDefinition d = bench::item(10, kind, std::move(unit));
    d.schedule.due = parse_date("2027-10-31").value();
    return d;
  }
  static Command command(int clerk, char const* event, nlohmann::json payload, std::int64_t seen) {
    return {ItemId{clerk + 2},
            event,
            std::move(payload),
            Actor::person(Username{"owner-unit" + std::to_string(clerk)}),
            seen,
            ""};
  }
};

/// The rows of one report, written by SQLite's own interface: two of `count`, the status, the leaf, its
/// nodes.
class Raw {
 public:
  explicit Raw(std::string const& path) {
    { auto const made = must(store::create_sqlite(path)); }
    connection_ = std::make_unique<store::sqlite::Connection>(path, store::sqlite::Access::Writer);
    connection_->execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;"
        "INSERT INTO plan VALUES (2024, '', '', '[]', '[]');"
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65)"
        " INSERT INTO item SELECT i, 2024, NULL, 'Assignment', 10, NULL, '', '{}' FROM n;"
        "INSERT INTO item_status SELECT id, 1, 'assignment/1', hex(randomblob(120)), '|in_progress|none|', "
        "'in_progress', 0, 0, '2027-10-31', 0,"
        " NULL, NULL, NULL, NULL, 1, 0, 0, NULL, NULL, '', NULL, 0, 0, 0 FROM item;"
        "INSERT INTO count VALUES (2024, 'Assignment', '', '', 'in_progress', 65, 0);");
    prepare(count_,
            "UPDATE count SET progress = progress + ?1 WHERE plan = 2024 AND kind = "
            "'Assignment' AND "
            "campaign = '' AND unit = '' AND stage = 'in_progress'");
    prepare(status_,
            "UPDATE item_status SET version = version + 1, configuration = ?2, progress = ?3, last_report_at "
            "= ?4, contributors = ?5 WHERE item = ?1");
    prepare(leaf_, "INSERT INTO journal VALUES (?1, ?2, ?3)");
    prepare(node_, "INSERT INTO journal_node VALUES (?1, ?2, ?3)");
    prepare(change_, "INSERT INTO row_change VALUES (?1, 'item_status', ?2, ?3, ?3)");
    prepare(seal_,
            "UPDATE seal SET journal_size = ?1, journal_root = ?2, changes = ?3, chain = ?2, signature = ?4");
    changes_ = count_of("SELECT coalesce(max(position) + 1, 0) FROM row_change");
  }
  ~Raw() {
    for (sqlite3_stmt* statement : {count_, status_, leaf_, node_, change_, seal_})
      sqlite3_finalize(statement);
  }

  double run(std::chrono::milliseconds time, int group) {
    auto const begin = Clock_::now();
    long done = 0;
    while (Clock_::now() - begin < time) {
      connection_->execute("BEGIN IMMEDIATE");
      for (int number = 0; number < group; ++number, ++done) write_one();
      seal();
      connection_->execute("COMMIT");
    }
    return static_cast<double>(done) / std::chrono::duration<double>(Clock_::now() - begin).count();
  }

 private:
  std::unique_ptr<store::sqlite::Connection> connection_;
  sqlite3_stmt *count_ = nullptr, *status_ = nullptr, *leaf_ = nullptr, *node_ = nullptr, *change_ = nullptr,
               *seal_ = nullptr;
  std::int64_t position_ = 0, changes_ = 0;
  std::string const configuration_ = std::string(240, 'c');
  std::string const bytes_ = std::string(620, 'l');  // a report's leaf
  std::string const hash_ = std::string(32, 'h');
  std::string const signature_ = std::string(64, 's');

  void prepare(sqlite3_stmt*& statement, char const* sql) {
    if (sqlite3_prepare_v2(connection_->handle(), sql, -1, &statement, nullptr) != SQLITE_OK) {
      std::fprintf(stderr, "%s\n", sqlite3_errmsg(connection_->handle()));
      std::exit(3);
    }
  }
  static void run(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) std::exit(3);
    sqlite3_reset(statement);
  }
  std::int64_t count_of(char const* sql) {
    sqlite3_stmt* statement = nullptr;
    prepare(statement, sql);
    if (sqlite3_step(statement) != SQLITE_ROW) std::exit(3);
    std::int64_t const count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return count;
  }
  static void blob(sqlite3_stmt* statement, int at, std::string const& bytes) {
    sqlite3_bind_blob(statement, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  /// As the store seals a commit, without making the signature.
  void seal() {
    sqlite3_bind_int64(seal_, 1, position_);
    blob(seal_, 2, hash_);
    sqlite3_bind_int64(seal_, 3, changes_);
    blob(seal_, 4, signature_);
    run(seal_);
  }
  void write_one() {
    std::int64_t const item = position_ % clerks + 2;
    sqlite3_bind_int64(status_, 1, item);
    sqlite3_bind_text(status_, 2, configuration_.data(), static_cast<int>(configuration_.size()),
                      SQLITE_STATIC);
    sqlite3_bind_int64(status_, 3, position_ % 10000);
    sqlite3_bind_int64(status_, 4, position_);
    sqlite3_bind_text(status_, 5, "owner-unit10", -1, SQLITE_STATIC);
    run(status_);
    sqlite3_bind_int(count_, 1, 1);
    run(count_);
    sqlite3_bind_int64(change_, 1, changes_++);
    sqlite3_bind_int64(change_, 2, item);
    blob(change_, 3, hash_);
    run(change_);
    sqlite3_bind_int64(leaf_, 1, position_);
    sqlite3_bind_int64(leaf_, 2, item);
    blob(leaf_, 3, bytes_);
    run(leaf_);
    std::int64_t place = position_;
    for (int level = 0;; ++level, place /= 2) {
      sqlite3_bind_int(node_, 1, level);
      sqlite3_bind_int64(node_, 2, place);
      blob(node_, 3, hash_);
      run(node_);
      if (place % 2 == 0) break;
    }
    ++position_;
  }
};

}  // namespace

int main(int count, char** values) {
  double const seconds = count > 1 ? std::atof(values[1]) : 10;
  std::filesystem::path const parent = count > 2 ? values[2] : std::filesystem::temp_directory_path();
  std::string pattern = (parent / "xiaohao-bench-XXXXXX").string();
  std::filesystem::path const folder = ::mkdtemp(pattern.data());
  std::chrono::milliseconds const round(static_cast<int>(seconds * 1000 / rounds / 2));
  {
    Ours ours((folder / "ours.db").string());
    Raw raw((folder / "raw.db").string());
    ours.run(round / 2);
    std::vector<double> commands, rows, groups;
    for (int number = 0; number < rounds; ++number) {
      Ours::Figures const figures = ours.run(round);
      commands.push_back(figures.commands_a_second);
      groups.push_back(figures.group);
      rows.push_back(raw.run(round, std::max(1, static_cast<int>(figures.group + 0.5))));
    }
    std::printf(
        "raw SQLite, groups of %.0f   %8.0f commands' rows/s\nengine, %d submitters      %8.0f "
        "commands/s\nratio                       %8.2f (goal 0.8)\n",
        median(groups), median(rows), clerks, median(commands), median(commands) / median(rows));
  }
  std::filesystem::remove_all(folder);
}
