#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/text.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

/// Planned: decided, waits for its time. Sending: claimed by a dispatcher. Failed: will be tried again.
/// Dead: exhausted its tries, and is itself escalated. Withheld: decided, and not to be sent; `withheld` says
/// why.
enum class NoticeState { Planned, Sending, Sent, Failed, Dead, Withheld };
std::string_view to_string(NoticeState state);  ///< `planned`, `sending`, …
std::optional<NoticeState> notice_state_named(std::string_view name);

/// One message to one recipient by one channel.
struct Notice {
  NoticeId id{0};
  std::string key;  ///< idempotency key: the same decision gives the same key, and receivers can see it
  ItemId item{0};
  Username recipient{""};
  std::string channel;  ///< `inbox`, `mail`, …
  std::string
      step;  ///< `remind`, `urge`, `supervise`, `circulate`, `summon`, or the policy's or lifecycle's own
  Text subject;
  Text body;
  NoticeState state = NoticeState::Planned;
  Instant decided_at;
  Instant planned_for;  ///< not before; quiet hours already counted in
  std::optional<Instant> sent_at;
  std::optional<Instant> acknowledged_at;
  int attempts = 0;
  std::optional<Instant> next_attempt_at;
  std::string last_error;
  std::string delivery;  ///< the message it goes out in, which may carry others too; empty until claimed
  std::string receipt;   ///< what the other side answered when it took the message
  std::string withheld;  ///< why it is not sent: `no_address`, `channel_off`, `late` …; empty unless withheld
  /// How soon it may disturb people: `morning`, with the next working morning's digest; `prompt`, at once,
  /// but not in quiet hours; `urgent`, whatever the hour. Empty: it disturbs nobody (the inbox).
  std::string pace;
  friend bool operator==(Notice const&, Notice const&) = default;
};

/// Something that will happen to an item by itself.
struct Timer {
  TimerId id{0};
  ItemId item{0};
  Instant due;
  std::string kind;  ///< `after`: a delay of the lifecycle; `escalation`: a step of the ladder
  std::string key;   ///< the delay's event, or the step's name; with item and kind it is unique
  friend bool operator==(Timer const&, Timer const&) = default;
};

}  // namespace xiaohao
