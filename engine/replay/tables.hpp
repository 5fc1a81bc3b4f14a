#pragma once

#include "engine/replay/replay.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::replay {

/// Plays the whole journal that `reader` sees, a thousand entries at a time. `rules` hold every lifecycle
/// that it names (`migration/stored_lifecycles.hpp`).
Replay play(store::Reader const& reader, decision::Rules const& rules, Organisation const& organisation,
            Against against);

/// Where the tables of items and timers say something else than what follows from the journal that was
/// played.
std::vector<Difference> differences_from_tables(Replay const& replay, store::Reader const& reader);

}  // namespace xiaohao::replay
