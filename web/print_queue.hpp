#pragma once

// The channel `print`: what is to be handed over on paper waits here until a person has printed it. One sheet
// for each unit, whatever the number of notices and of people in it.

#include "web/asked_change.hpp"

namespace xiaohao::web {

struct PaperSheet {
  std::string key;  ///< of the unit; of somebody without one his user name
  std::optional<UnitId> unit;
  std::vector<Notice> notices;  ///< the oldest first
};

/// What waits at `now`, by unit.
std::vector<PaperSheet> print_queue(store::Reader const& reader, Organisation const& organisation,
                                    Instant now);

/// Says that the sheet was printed and handed over: its notices are sent, with who did it as receipt. Answers
/// how many. Refuses: Forbidden by the permission table, event `notice.print`; NotPossible, when nothing
/// waits under this key.
void mark_printed(Application& application, std::string const& key, Username const& who, Written<int> answer);

}  // namespace xiaohao::web
