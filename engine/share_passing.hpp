#pragma once

// A share that goes to another unit: 不属本单位, and decided to be so.

#include "engine/domain/organisation.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

inline constexpr char const* handed_over_event = "work.handed_over";

/// Whose a share was, whose it becomes, and why.
struct Passing {
  UnitId from, to;
  std::string reason;
};

/// Says so on the share that ends, which names the one that goes on in its place, and on that one, which
/// names what it was. `goes_on_as`: none where `to` has a share of the task already. Returns the number of
/// the last entry.
std::int64_t tell_passing(store::Transaction& transaction, ItemId ended, std::optional<ItemId> goes_on_as,
                          Passing const& passing, Actor const& actor, Moment moment);

/// Malformed, at /unit, when there is no such unit, when it has the share already, or has another of its own
/// under the same task.
Result<void> check_taker(store::Transaction const& transaction, Organisation const& organisation,
                         WorkItem const& share, UnitId const& taker);

/// The same share as `share`, for `taker`: role, schedule and source stay.
ItemDefinition share_for(ItemDefinition const& share, UnitId const& taker, ItemId id);

}  // namespace xiaohao
