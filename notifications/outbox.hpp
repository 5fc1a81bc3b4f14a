#pragma once

// What becomes of a notice between its decision and the moment it is handed over: whether it still says
// anything, and whether the message it belongs to is complete.

#include <optional>
#include <string>
#include <vector>

#include "engine/domain/notice.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::notifications {

/// Why `notice` need not go out any more, although it was decided; empty: it goes out. `item` is its item as
/// it stands now, `together` all that would go out in the same message.
///
/// `settled`: the item was applied for, closed or cancelled meanwhile. `due_changed`: an extension was
/// granted, and the ladder begins anew. `muted`: a later step for the same item says all that this one would.
std::string needless(Notice const& notice, std::optional<WorkItem> const& item,
                     std::vector<Notice> const& together);

/// False while timers are being worked off that may add to the messages due at `now`: two hundred items due
/// the same morning make one digest, also when they are decided in several commits. Waits a bounded time, so
/// that a timer that cannot be fired holds up no message for ever.
bool is_complete(store::Reader const& reader, Instant now);

/// The part of a key that a step's or an occasion's notices to one person share, whatever the channel:
/// `item/7/2024-02-29/urge/owner-zhujianju/`.
std::string decision_key(Notice const& notice);

}  // namespace xiaohao::notifications
