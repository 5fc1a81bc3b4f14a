#pragma once

#include "engine/decision/rules.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::migration {

/// Adds to `rules` every lifecycle that the store keeps: items go on by the version that they began, or were
/// moved to, whatever the program ships. A version that both have is the store's. New items of a kind begin
/// the version that the store's items began or were last moved to, also where the program ships a newer one:
/// only a migration brings items to it. Refuses (Unavailable) a stored lifecycle that cannot be read.
Result<void> add_stored_lifecycles(store::Reader const& reader, decision::Rules& rules);

}  // namespace xiaohao::migration
