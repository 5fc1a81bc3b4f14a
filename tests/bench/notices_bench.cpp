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

#include "tests/bench/county.hpp"
#include "tests/bench/storm_county.hpp"

namespace {

using namespace xiaohao;
using bench::must;
using Stopwatch = std::chrono::steady_clock;

using bench::notices_per_item;
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
  bench::StormCounty county(path, wanted / notices_per_item);
  long const before = peak_mebibytes();

  std::atomic<bool> stop = true;
  double const idle = reads_p99(*county.store, stop, 1000);
  stop = false;
  double busy = 0;
  std::thread reader([&] { busy = reads_p99(*county.store, stop, 1); });
  auto const start = Stopwatch::now();
  int const fired = must(county.engine->advance(bench::storm_at()));
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
