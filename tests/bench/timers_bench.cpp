// What `advance` costs while many timers wait that are not due (it should not matter how many), and what it
// costs when 100,000 fall due at the same instant, as on 31 December. A real SQLite file.
//
//     ./dev bench timers [FOLDER]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "engine/creation.hpp"
#include "engine/engine.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/county.hpp"
#include "workflows/rules.hpp"

namespace {

using namespace xiaohao;
using bench::must;
using Clock_ = std::chrono::steady_clock;

constexpr int due_timers = 2000;
constexpr int due_at_once = 100'000;
constexpr int timers_a_transaction = 20'000;

struct County {
  VirtualClock clock{parse_instant("2024-01-02T09:00:00+08:00").value()};
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Engine> engine;
  ItemId item{0};
  int timers = 0;

  explicit County(std::string const& path) {
    store = must(store::create_sqlite(path));
    auto const rules = must(workflows::shipped_rules());
    Plan const plan{PlanYear{2024}, "plan", "bench", {}, {}};
    if (!create_plan(*store, rules, {plan, {{bench::item(1, ItemKind::Task), std::nullopt}}}, {}, {},
                     {clock.now(), clock.now()}))
      std::exit(3);
    item = store->read()->items({}).front().id();
    engine = std::make_unique<Engine>(*store, clock, rules);
  }

  /// Timers of a delay that the item's state does not wait for: firing one is claiming it and asking
  /// `decide`.
  void set(int count, Instant due) {
    for (int done = 0; done < count; done += timers_a_transaction) {
      int const now = std::min(timers_a_transaction, count - done);
      if (!store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
            for (int timer = 0; timer < now; ++timer)
              transaction.put_timer({TimerId{0}, item, due, "after", "bench." + std::to_string(timers++)});
            return {};
          }))
        std::exit(3);
    }
  }

  double advance_seconds(Instant to, int expected) {
    auto const began = Clock_::now();
    int const fired = must(engine->advance(to));
    double const seconds = std::chrono::duration<double>(Clock_::now() - began).count();
    if (fired != expected) {
      std::fprintf(stderr, "%d timers fired, not %d\n", fired, expected);
      std::exit(1);
    }
    return seconds;
  }
};

}  // namespace

int main(int count, char** values) {
  std::filesystem::path const folder =
      std::filesystem::path(count > 1 ? values[1] : std::filesystem::temp_directory_path().string()) /
      "xiaohao-timers-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Instant const later = parse_instant("2024-12-31T23:59:59+08:00").value();
  double first = 0;
  {
    County county((folder / "waiting.db").string());
    int waiting = 0, round = 0;
    for (int const wanted : {1000, 100'000, 1'000'000}) {
      county.set(wanted - waiting, later);
      waiting = wanted;
      Instant const due = county.clock.now() + std::chrono::hours{++round};
      county.set(due_timers, due);
      double const each = county.advance_seconds(due, due_timers) * 1e6 / due_timers;
      if (first == 0) first = each;
      std::printf("%d waiting: %.1f µs a timer that fires, %.2f of the first\n", wanted, each, each / first);
    }
  }
  County county((folder / "same.db").string());
  county.set(due_at_once, later);
  double const seconds = county.advance_seconds(later, due_at_once);
  std::printf("%d due at the same instant: %.2f s, %.1f µs each, %.2f of the first\n", due_at_once, seconds,
              seconds * 1e6 / due_at_once, seconds * 1e6 / due_at_once / first);
  std::filesystem::remove_all(folder);
}
