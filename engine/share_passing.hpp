#pragma once

// A share that goes to another unit: 不属本单位, and decided to be so.

#include "engine/domain/organisation.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// Malformed, at /unit, when there is no such unit, when it has the share already, or has another of its own
/// under the same task.
Result<void> check_taker(store::Transaction const& transaction, Organisation const& organisation,
                         WorkItem const& share, UnitId const& taker);

/// The same share as `share`, for `taker`: role, schedule and source stay.
ItemDefinition share_for(ItemDefinition const& share, UnitId const& taker, ItemId id);

}  // namespace xiaohao
