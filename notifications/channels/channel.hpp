#pragma once

// What a way of reaching people must do. Each stands in a file of its own beside this one; how to add another
// is in docs/notifications.md.

#include <string>
#include <string_view>

#include "notifications/message.hpp"

namespace xiaohao::notifications {

/// What the other side said to a message.
struct Outcome {
  enum class Kind {
    Taken,        ///< it is responsible now
    Deferred,     ///< not now, for this recipient: try again later
    Refused,      ///< never, for this recipient: trying again is of no use
    Unreachable,  ///< the channel itself does not work: no fault of this message
  };
  Kind kind = Kind::Taken;
  std::string answer;  ///< its words, for the record: `250 2.0.0 queued as 4F1`
};

class Channel {
 public:
  virtual ~Channel() = default;

  virtual std::string_view name() const = 0;  ///< as policies write it: `mail`

  /// Hands one message over, and waits for the answer; bounded by the channel's own time-outs. A message may
  /// come again with the same id after a crash. Called from one thread at a time. Throws nothing that a
  /// remote side can cause.
  virtual Outcome deliver(Message const& message) = 0;

  /// True when being written in the database is being delivered, as in the inbox: such notices are neither
  /// gathered into messages nor claimed first.
  virtual bool is_internal() const { return false; }

  /// Why a person cannot be reached this way: `no_address`; empty when he can.
  virtual std::string unreachable(Participant const&) const { return {}; }

  /// Why nothing goes out by this channel at all: `channel_off`; empty when it works.
  virtual std::string off() const { return {}; }

  /// Messages in any minute; 0: no limit.
  virtual int messages_per_minute_max() const { return 0; }
};

}  // namespace xiaohao::notifications
