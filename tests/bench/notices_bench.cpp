// A storm: 100,000 notices that fall due at the same minute, planned and committed by the engine, against raw
// SQLite that inserts the same rows with the same group size; and how long a page's reads take meanwhile.
// Real files, everything synced. Prints ratios of one run.
//
//     ./dev bench notices [NOTICES] [FOLDER]

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <string>
#include <thread>

#include "engine/creation.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "notifications/ladder.hpp"
#include "tests/bench/county.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace {

using namespace xiaohao;
using bench::must;
using Stopwatch = std::chrono::steady_clock;

constexpr int notices_per_item = 4;  // owner and head, inbox and mail
constexpr int units = 50;
constexpr int rows_per_commit = 500 * notices_per_item;

double seconds_since(Stopwatch::time_point start) {
  return std::chrono::duration<double>(Stopwatch::now() - start).count();
}

long peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6)) / 1024;
  return 0;
}

struct County {
  decision::Rules rules;
  std::unique_ptr<store::Store> store;
  VirtualClock clock{parse_instant("2024-02-20T00:00:00+08:00").value()};
  std::unique_ptr<Engine> engine;
};

void make(County& county, std::string const& path, int items) {
  county.rules = must(workflows::shipped_rules());
  auto policy =
      must(notifications::read_policy(must(json::read(*workflows::shipped("policies/escalation.json")))));
  county.rules.escalation =
      std::make_shared<notifications::Ladder>(std::move(policy), county.rules.calendar, county.rules.lights);
  Organisation organisation;
  for (int number = 0; number < units; ++number) {
    UnitId const unit{"unit" + std::to_string(number)};
    Username const owner{"owner-" + unit.value()}, head{"head-" + unit.value()};
    organisation.units.emplace(unit, Unit{unit, unit.value(), "agency", false, head, {}});
    organisation.participants.emplace(
        owner, Participant{owner, "张三", unit, {Role::Owner}, owner.value() + "@x.example", true});
    organisation.participants.emplace(
        head, Participant{head, "李四", unit, {Role::Head}, head.value() + "@x.example", true});
  }
  PlanDraft draft{{PlanYear{2024}, "storm", "", {}, {}}, {}};
  for (int number = 0; number < items; ++number) {
    ItemDefinition d =
        bench::item(number + 1, ItemKind::Assignment, UnitId{"unit" + std::to_string(number % units)});
    d.schedule.due = parse_date("2024-02-29").value();
    draft.items.push_back({std::move(d), std::nullopt});
  }
  county.store = must(store::create_sqlite(path));
  Instant const now = parse_instant("2024-02-28T12:00:00+08:00").value();  // after the last reminder
  if (auto const made = create_plan(*county.store, county.rules, draft, organisation, {}, {now, now}); !made)
    std::exit(3);
  county.clock.advance_to(now);
  county.engine = std::make_unique<Engine>(*county.store, county.clock, county.rules);
}

/// The rows that the storm wrote, inserted again into an empty table of the same schema.
double raw_seconds(std::string const& from, std::string const& to) {
  sqlite3* db = nullptr;
  if (sqlite3_open(to.c_str(), &db) != SQLITE_OK) std::exit(3);
  auto const run = [&](std::string const& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      std::fprintf(stderr, "%s: %s\n", sql.c_str(), sqlite3_errmsg(db));
      std::exit(3);
    }
  };
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ATTACH '" + from + "' AS storm;");
  sqlite3_stmt* schema = nullptr;
  sqlite3_prepare_v2(
      db,
      "SELECT sql FROM storm.sqlite_schema WHERE tbl_name = 'notice' AND sql IS NOT NULL ORDER BY type DESC",
      -1, &schema, nullptr);
  std::vector<std::string> statements;
  while (sqlite3_step(schema) == SQLITE_ROW)
    statements.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(schema, 0)));
  sqlite3_finalize(schema);
  for (std::string const& sql : statements) run(sql);
  sqlite3_stmt *read = nullptr, *write = nullptr;
  sqlite3_prepare_v2(db, "SELECT * FROM storm.notice ORDER BY id", -1, &read, nullptr);
  int const columns = sqlite3_column_count(read);
  std::string marks = "?";
  for (int column = 1; column < columns; ++column) marks += ", ?";
  sqlite3_prepare_v2(db, ("INSERT INTO main.notice VALUES (" + marks + ")").c_str(), -1, &write, nullptr);
  auto const start = Stopwatch::now();
  int rows = 0;
  run("BEGIN");
  while (sqlite3_step(read) == SQLITE_ROW) {
    for (int column = 0; column < columns; ++column)
      sqlite3_bind_value(write, column + 1, sqlite3_column_value(read, column));
    if (sqlite3_step(write) != SQLITE_DONE) std::exit(3);
    sqlite3_reset(write);
    if (++rows % rows_per_commit == 0) run("COMMIT; BEGIN");
  }
  run("COMMIT");
  double const seconds = seconds_since(start);
  sqlite3_finalize(read);
  sqlite3_finalize(write);
  sqlite3_close(db);
  return seconds;
}

/// What an item's page reads, as often as it can until `stop`: milliseconds at the 99th percentile.
double reads_p99(store::Store& store, std::atomic<bool> const& stop, int at_least) {
  std::vector<double> milliseconds;
  for (int number = 1; !stop || static_cast<int>(milliseconds.size()) < at_least;
       number = number % 1000 + 1) {
    auto const start = Stopwatch::now();
    auto const reader = store.read();
    store::NoticeFilter filter;
    filter.item = ItemId{number};
    if (!reader->item(ItemId{number}) || reader->history(ItemId{number}).empty()) std::exit(3);
    (void)reader->notices(filter);
    milliseconds.push_back(seconds_since(start) * 1000);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  return milliseconds[milliseconds.size() * 99 / 100];
}

}  // namespace

int main(int count, char** words) {
  int const wanted = count > 1 ? std::atoi(words[1]) : 100'000;
  std::filesystem::path const folder =
      (count > 2 ? std::filesystem::path(words[2]) : std::filesystem::temp_directory_path()) /
      "xiaohao-notices-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::string const path = (folder / "storm.db").string();
  County county;
  make(county, path, wanted / notices_per_item);
  long const before = peak_mebibytes();

  std::atomic<bool> stop = true;
  double const idle = reads_p99(*county.store, stop, 1000);
  stop = false;
  double busy = 0;
  std::thread reader([&] { busy = reads_p99(*county.store, stop, 1); });
  auto const start = Stopwatch::now();
  int const fired = must(county.engine->advance(parse_instant("2024-03-01T08:37:00+08:00").value()));
  double const ours = seconds_since(start);
  stop = true;
  reader.join();
  long const after = peak_mebibytes();
  county.engine.reset();
  county.store.reset();
  double const raw = raw_seconds(path, (folder / "raw.db").string());
  int const notices = fired * notices_per_item;
  std::printf("%d notices planned and committed in %.2f s: %.0f notices/s\n", notices, ours, notices / ours);
  std::printf("raw SQLite inserts the same rows at %.0f rows/s: ratio %.2f\n", notices / raw, raw / ours);
  std::printf("a page's reads, 99th percentile: %.2f ms idle, %.2f ms meanwhile: ratio %.2f\n", idle, busy,
              busy / idle);
  std::printf("memory at its peak: %ld MiB before the storm, %ld MiB after it\n", before, after);
  std::filesystem::remove_all(folder);
}
