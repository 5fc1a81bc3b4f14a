#pragma once

// What is handed to a channel: everything one person is to be told at one moment, as one message.

#include <string>
#include <vector>

#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::notifications {

/// A message lists at most so many items; the rest are counted.
inline constexpr std::size_t entries_shown_max = 10;

struct Entry {
  ItemId item{0};
  Text subject;
  Text body;
};

struct Message {
  std::string
      id;  ///< 32 hexadecimal digits; the same for every attempt, so that a receiver can tell a repeat
  Participant recipient;
  Text subject;
  std::vector<Entry> entries;    ///< worst first; at most `entries_shown_max`
  std::size_t more = 0;          ///< entries left out
  Instant at;                    ///< of this attempt
  std::string acknowledge_path;  ///< of the page that acknowledges it without signing in; empty: none
};

/// A notice with what its item is like now; the date decides how urgent it is.
struct DueNotice {
  Notice notice;
  std::optional<Date> due;
};

/// The id of a message that carries `notices`: a digest of their keys.
std::string message_id(std::vector<DueNotice> const& notices);

/// One message of all `notices`: the longest overdue first, then what is due soonest. A single notice is sent
/// with its own subject and body, several as a list with one line each.
Message gather(std::vector<DueNotice> notices, std::string id, Participant const& recipient, Instant now);

/// The body in one language, for plain text: each line ended by `\n`.
std::string plain_text(Message const& message, std::string Text::*language);

}  // namespace xiaohao::notifications
