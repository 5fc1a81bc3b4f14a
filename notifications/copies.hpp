#pragma once

// From "these people are told this" to notices: one for each recipient and channel, with its words and its
// time.

#include <string>
#include <vector>

#include "engine/decision/escalation.hpp"
#include "notifications/moments.hpp"
#include "notifications/recipients.hpp"

namespace xiaohao::notifications {

/// A message of which each recipient gets his copies, by every channel.
struct Copies {
  ItemId item;      ///< 0: it is about several
  bool of_unit;     ///< the item is a unit's, which the text means by {unit}
  std::string key;  ///< without recipient and channel
  std::string step;
  Wording const& wording;
  std::vector<std::string> const& channels;
  Pace pace;
  Instant at;   ///< when it fell due
  Instant now;  ///< when it is decided; later after a standstill
};

/// Said in a message that comes later than it should have; empty when it does not.
Text lateness(Instant at, Instant now);

/// Appends the copies of one recipient, each with `sentences` after its text. `withheld` says why none of
/// them goes out; empty: they do. None by channels that speak to a group.
void add_copies(std::vector<Notice>& notices, Copies const& copies, Participant const& recipient,
                Values values, std::vector<Text> const& sentences, std::string const& withheld,
                Quiet const& quiet, calendar::BusinessCalendar const& calendar);

/// Appends one copy for each channel that speaks to a group, addressed to the group (`@wecom`): it says whose
/// unit is meant, and never what somebody wrote to a person. It goes with the morning's message, whatever the
/// pace, so that a group hears from a robot once a morning.
void add_group_copies(std::vector<Notice>& notices, Copies const& copies, Values values,
                      std::vector<Text> const& sentences, std::string const& withheld, Quiet const& quiet,
                      calendar::BusinessCalendar const& calendar);

/// Said to a substitute: for whom he is told.
Text standing_in(Recipients const& recipients, Participant const& recipient);

}  // namespace xiaohao::notifications
