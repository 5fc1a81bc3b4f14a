#pragma once

// Takes from the outbox what is due and hands it to the channels.
//
//     planned ──claim──> sending ──taken──> sent
//     failed  ──claim──>    │ ────deferred, unreachable──> failed ──time──> (again)
//                           └─────refused, tries used up──> dead, and the coordinators are told
//     planned ──why not──> withheld
//
// A claim is committed before the channel is called, and the answer after it. Whoever kills the process in
// between finds the claim at the next start, and the message goes out again under the same id: at least once,
// and never a second decision. An internal channel (the inbox) needs one commit, and so delivers exactly
// once.
//
// A channel may take its time. Give the inbox a dispatcher of its own, so that a mail server that hangs holds
// up nobody's inbox.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "engine/store/store.hpp"
#include "notifications/channels/channel.hpp"
#include "notifications/patience.hpp"

namespace xiaohao::notifications {

class Dispatcher {
 public:
  using Channels = std::vector<std::unique_ptr<Channel>>;
  using People = std::function<std::shared_ptr<Organisation const>()>;

  Dispatcher(store::Store& store, People people, Channels channels, Patience patience = {});

  /// Delivers all that is due by `now`, and returns how many messages and inbox entries were handed over. One
  /// person's notices of one channel go out as one message. Refused (StorageFull, Unavailable) when the store
  /// does not take the outcome; what was under way then counts as not delivered, and is tried again.
  Result<int> deliver(Instant now);

  /// When something is due again, if nothing is added; in the past when something is due already.
  std::optional<Instant> next_due() const;

  /// Says when a notice may go out that could from an instant on; the instant itself, when it need not wait.
  /// What is late or tried again leaves people alone, too.
  using Waiting = std::function<Instant(Notice const&, Instant from)>;
  /// Set before `deliver`.
  void leave_alone(Waiting waits_until) { waits_until_ = std::move(waits_until); }

  /// From any thread: `deliver` returns after the message it is at.
  void stop() { stopping_ = true; }

 private:
  struct Line {
    std::unique_ptr<Channel> channel;
    Breaker breaker;
    Allowance allowance;
  };
  struct Claim {
    Message message;
    std::vector<Notice> notices;
  };
  store::Store& store_;
  People people_;
  Waiting waits_until_;  ///< empty: people may be disturbed at any hour
  Patience patience_;
  std::vector<Line> lines_;
  std::mutex delivering_;
  mutable std::mutex state_;  ///< of breakers and allowances, which `next_due` reads
  std::optional<Instant> delivered_at_;
  bool recovered_ = false;
  std::atomic<bool> stopping_ = false;

  Result<void> recover(Instant now);
  Result<int> deliver_internal(Line& line, Instant now);
  Result<int> deliver_messages(Line& line, Instant now);
  bool may_send(Line const& line, Instant now) const;
  Outcome send(Line& line, Message const& message, Instant now, bool& opened);
  Instant next_chance(Notice const& notice, Instant from) const;
  void hold_over_quiet_hours(store::Transaction& transaction, std::vector<Notice>& notices,
                             Instant now) const;
  std::optional<Claim> claim_next(store::Transaction& transaction, Channel const& channel,
                                  Organisation const& organisation, Username& cursor, Instant now) const;
  std::optional<Claim> claim(store::Transaction& transaction, Participant const& recipient,
                             std::vector<Notice> notices, Instant now) const;
  void settle(store::Transaction& transaction, Claim& claimed, Outcome const& outcome, Instant now) const;
};

}  // namespace xiaohao::notifications
