#pragma once

// A county's year lived by the real engine, store, planner and dispatcher: people who report, apply, return
// and acknowledge at random, a program that is killed, stands still for weeks and sees its clock jump, and a
// mail server that defers, vanishes after taking a mail, or cannot be reached.

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/ladder.hpp"
#include "tests/simulation/plain_year.hpp"

namespace xiaohao::simulation {

/// The machine's clock, which may be set to anything.
class JumpingClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void set(Instant instant) { now_ = instant; }

 private:
  Instant now_;
};

/// What the mail server saw.
struct Attempt {
  std::string message;
  std::string recipient;
  Instant at;
  bool taken;
  bool at_wrong_time;  ///< while the clock was set ahead or back
};

class RealYear {
 public:
  RealYear(std::uint64_t seed, int items, int people);
  ~RealYear();

  void live();  ///< from New Year's Day to the last week of the next January
  PlainYear what_happened() const;
  /// As `recompute` writes them; what is neither sent nor withheld by the end is written with its state.
  std::set<std::string> lines() const;
  std::vector<std::string> broken_promises() const;  ///< in words; empty: all were kept
  std::string summary() const;

 private:
  struct MailServer;
  struct Killed {};

  std::mt19937_64 random_;
  std::filesystem::path folder_;
  std::string database_;
  JumpingClock clock_;
  bool clock_is_wrong_ = false;
  decision::Rules rules_;
  std::shared_ptr<notifications::Ladder const> ladder_;
  Organisation organisation_;
  std::vector<ItemId> shares_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<notifications::Dispatcher> inbox_, post_;
  std::vector<Attempt> attempts_;
  PlainYear plain_;
  int kills_ = 0, standstills_ = 0, jumps_ = 0;

  int below(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  bool chance(int percent) { return below(100) < percent; }
  void make_people(int count);
  void make_items(int count);
  void open();
  void close();
  void kill_and_reopen();
  void run(Instant at);   ///< does what is due, however often it takes
  void walk(Instant to);  ///< runs at every instant at which something is due on the way
  void act(Instant at);   ///< one person does one thing
  void act_on(WorkItem const& item);
  bool send(WorkItem const& item, Username const& who, char const* event, nlohmann::json payload);
  void acknowledge_something();
  void silence_something();
  void send_somebody_away();
};

}  // namespace xiaohao::simulation
