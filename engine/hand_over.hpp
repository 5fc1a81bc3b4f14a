#pragma once

// Work changes hands: a person's, when he leaves, to another of the unit; a unit's, when it is merged, to
// another unit. Each runs inside one work of the store, and writes nothing when it refuses. What somebody did
// before stays his: he reviews and verifies none of it, wherever he goes.

#include "engine/silencing.hpp"

namespace xiaohao {

/// The open items of `unit` in which `person` has a part: he has applied, reported, attached evidence or
/// asked for an extension in the present cycle. In the order of their numbers.
std::vector<WorkItem> work_of_person(store::Reader const& reader, UnitId const& unit, Username const& person);

/// What a hand-over moved.
struct HandedOver {
  std::vector<ItemId> items;  ///< as they were: those of a unit have ended, those of a person go on
  std::vector<ItemId> made;   ///< in their place, of the unit that takes over
  int absences = 0;           ///< that ended, or have another substitute now
};

/// The work of `from` goes to `to`, an active owner: the open items of `to`'s unit in which `from` has a
/// part, with what is asked for in them, each with an entry `handed_over_event`; absences of `from` end, and
/// where he stood in for others `to` does. Refuses: Forbidden by the permission table, event
/// `work.hand_over`; Malformed at /to, /reason; NotFound; NotPossible when there is nothing to hand over.
Result<HandedOver> hand_over_person(store::Transaction& transaction, Username const& from, Username const& to,
                                    std::string const& reason, Asking const& asking);

/// Every open item of `from` ends (event `cancel`, which the leadership group alone may send) and goes to
/// `to` as it was given: role, dates and source stay, and it is accepted and reported anew. Where `to` has a
/// share of the same task already it only ends. Both have an entry `handed_over_event` that names the other.
/// Refuses as above; and the whole when one item cannot end.
Result<HandedOver> hand_over_unit(store::Transaction& transaction, UnitId const& from, UnitId const& to,
                                  std::string const& reason, Asking const& asking);

}  // namespace xiaohao
