#pragma once

// Addresses of calendars that show all the duties of a unit: who may have one, and making and taking it back.
// Each change runs inside one work of the store, and writes nothing when it refuses.

#include "engine/silencing.hpp"

namespace xiaohao {

/// Whether the permission table (event `calendar.unit`) lets `who` have one of `unit` now. Asked when it is
/// made, and again whenever it is read: whoever leaves the unit or the house takes nothing along. Forbidden;
/// NotFound when there is no such unit.
Result<void> may_have_unit_calendar(UnitId const& unit, Asking const& asking);

/// Writes that `asking.who` has the address whose secret hashes to `token_hash`, in place of the one he had
/// of this unit. Refuses as `may_have_unit_calendar` does. NotPossible without an account.
Result<void> make_unit_calendar(store::Transaction& transaction, UnitId const& unit, std::string token_hash,
                                Asking const& asking);

/// Takes one's own back, also where one could no longer make it. NotFound when there is none.
Result<void> remove_unit_calendar(store::Transaction& transaction, UnitId const& unit, Asking const& asking);

}  // namespace xiaohao
