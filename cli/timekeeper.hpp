#pragma once

// Lets what is to happen by itself happen: timers of the engine, deliveries of notices. Sleeps until the next
// of them is due or something is committed; it never polls.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// One kind of work that time brings.
struct Duty {
  std::string name;
  std::function<void(Instant now)> run;  ///< does all that is due by `now`
  std::function<std::optional<Instant>()>
      next;  ///< when something is due again; nothing: not before a commit
};

class Timekeeper {
 public:
  /// `virtual_clock` is null when the machine's clock counts; else it is `clock`, and only `advance` moves
  /// it.
  Timekeeper(Clock& clock, VirtualClock* virtual_clock, std::vector<Duty> duties);
  ~Timekeeper();
  Timekeeper(Timekeeper const&) = delete;
  Timekeeper& operator=(Timekeeper const&) = delete;

  /// With a virtual clock it returns when all that was due by the clock's first instant is done, so that
  /// whoever looks first sees a county at rest.
  void start();
  void stop();       ///< returns when the run under way has ended; safe to call twice
  void committed();  ///< something may be due earlier than was known; from any thread, returns at once

  /// Moves the virtual clock to `to`, stopping at every instant on the way at which something is due, so that
  /// a month walked in one step leaves the same journal as a month lived.
  void advance(Instant to);

  std::optional<Instant> last_run() const;  ///< when everything due was last done

 private:
  Clock& clock_;
  VirtualClock* virtual_clock_;
  std::vector<Duty> duties_;
  std::mutex running_;  ///< one run at a time: the thread's, or a walk's
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool dirty_ = true;
  bool stopping_ = false;
  std::optional<Instant> last_run_;
  std::thread thread_;

  void keep();
  void run_all(Instant now);
  std::optional<Instant> next_after(Instant now) const;
};

}  // namespace xiaohao::cli
