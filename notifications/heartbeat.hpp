#pragma once

// Shows a monitor on another machine that deadlines are kept: a file that is rewritten, a URL that is posted
// to (healthchecks.io and its like). When this program ends, hangs, or cannot do what is due, both fall
// silent, and the monitor, which alone can notice silence, raises the alarm.
//
// No thread of its own: a heart that beats while the hands are tied would be a lie. Whoever keeps time calls
// `beat` when everything due is done. The URL may take its time, so whoever hands messages to other machines
// calls `tell`, which posts nothing unless the last beat is fresh.

#include <mutex>
#include <optional>
#include <string>

#include "engine/clock/clock.hpp"
#include "engine/model/result.hpp"
#include "notifications/channels/http_exchange.hpp"

namespace xiaohao::notifications {

struct HeartbeatSettings {
  std::string file;                ///< empty: none
  std::optional<HttpTarget> post;  ///< the URL holds the check's id
  std::chrono::seconds every{60};  ///< at least so often, when all is well
};

class Heartbeat {
 public:
  /// `clock` is the machine's, also in a demonstration with a clock of its own: the monitor lives by it.
  Heartbeat(HeartbeatSettings settings, Clock& clock) : settings_(std::move(settings)), clock_(clock) {}

  /// Unavailable when the file cannot be written where it is to be: found out at the start, not by silence.
  Result<void> check() const;

  /// Everything due by `done` is done. Rewrites the file, at most once a second of either clock, in one step:
  /// a reader finds the old text or the new. A file that cannot be written falls silent.
  void beat(Instant done);

  /// Posts to the URL, unless it was done lately or the last beat is older than two intervals. What the other
  /// side answers is its own affair.
  void tell();

  /// When the file is to be rewritten again (not before the first beat), and when the URL posted to.
  std::optional<Instant> next_beat() const;
  std::optional<Instant> next_tell() const;

 private:
  HeartbeatSettings settings_;
  Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<Instant> beat_at_;
  std::optional<Instant> done_until_;  ///< by the demonstration's clock, where there is one
  std::optional<Instant> told_at_;
  std::string text_;

  Result<void> write(std::string const& path, std::string const& text) const;
};

}  // namespace xiaohao::notifications
