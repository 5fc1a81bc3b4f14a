#pragma once

// What keeps the journal provable while the server runs: its key stands in it, and its head is signed and
// kept at least once a day.

#include <string>

#include "engine/journal/key_chain.hpp"
#include "engine/model/time.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::record {

/// Why a key takes the place of another that cannot sign the hand-over.
enum class Loss { Lost, Stolen };

/// The keys that the journal names, oldest first. Unavailable when an entry about them is not as it must be.
Result<journal::KeyChain> keys_of(store::Reader const& reader);

/// Sees to it that the store's key is the one that the journal names last: names the first one, or finishes a
/// hand-over that was begun (`previous`, the key before, signs too; null: there is none). To be called by
/// whoever opens a store to write. Refuses (Unavailable) a store without its key, or with another's.
Result<void> keep_key(store::Store& store, journal::SigningKey const* previous, Moment moment);

/// Names the store's key in place of one that is gone. Trust does not pass from the old one to it.
Result<void> replace_key(store::Store& store, Loss loss, Moment moment);

/// When the last head that was kept is of an earlier local day: an entry `journal.sealed` with the state of
/// the register of rows, and its head. Cheap when there is nothing to do.
Result<void> keep_daily_head(store::Store& store, Moment moment);

/// The head of everything that `reader` sees, signed now: the same bytes whenever it is asked for, as long as
/// nothing was added. Unavailable while the journal is empty.
Result<journal::SignedHead> sign_head(store::Reader const& reader, journal::SigningKey const& key);

}  // namespace xiaohao::record
