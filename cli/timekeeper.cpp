#include "cli/timekeeper.hpp"

#include <algorithm>

namespace xiaohao::cli {
namespace {

/// What cannot be done now although it is due (a full disk) is tried again after this long.
constexpr std::chrono::seconds pause_after_failure{5};

}  // namespace

Timekeeper::Timekeeper(Clock& clock, VirtualClock* virtual_clock, std::vector<Duty> duties)
    : clock_(clock), virtual_clock_(virtual_clock), duties_(std::move(duties)) {}

Timekeeper::~Timekeeper() { stop(); }

void Timekeeper::start() {
  if (virtual_clock_) advance(clock_.now());
  thread_ = std::thread([this] { keep(); });
}

void Timekeeper::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Timekeeper::committed() {
  {
    std::lock_guard const lock(mutex_);
    dirty_ = true;
  }
  changed_.notify_all();
}

std::optional<Instant> Timekeeper::last_run() const {
  std::lock_guard const lock(mutex_);
  return last_run_;
}

void Timekeeper::run_all(Instant now) {
  for (Duty const& duty : duties_) duty.run(now);
  std::lock_guard const lock(mutex_);
  last_run_ = now;
}

std::optional<Instant> Timekeeper::next_after(Instant now) const {
  std::optional<Instant> earliest;
  for (Duty const& duty : duties_)
    if (auto const next = duty.next(); next && *next > now && (!earliest || *next < *earliest))
      earliest = next;
  return earliest;
}

void Timekeeper::advance(Instant to) {
  std::lock_guard const one_walk(running_);
  Instant now = clock_.now();
  run_all(now);
  while (auto const next = next_after(now)) {
    if (*next > to) break;
    now = *next;
    virtual_clock_->advance_to(now);
    run_all(now);
  }
  if (now < to) {
    virtual_clock_->advance_to(to);
    run_all(to);
  }
}

void Timekeeper::keep() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    dirty_ = false;
    lock.unlock();
    Instant now;
    std::optional<Instant> next;
    {
      std::lock_guard const one_walk(running_);
      now = clock_.now();
      run_all(now);
      next = next_after(now);
    }
    bool const undone = std::any_of(duties_.begin(), duties_.end(), [&](Duty const& duty) {
      auto const due = duty.next();
      return due && *due <= now;
    });
    lock.lock();
    auto const woken = [this] { return dirty_ || stopping_; };
    if (undone) {
      changed_.wait_for(lock, pause_after_failure, [this] { return stopping_; });
    } else if (next && !virtual_clock_) {
      changed_.wait_until(lock, *next, woken);  // by the machine's clock, so that it follows when that is set
    } else {
      changed_.wait(lock, woken);
    }
  }
}

}  // namespace xiaohao::cli
