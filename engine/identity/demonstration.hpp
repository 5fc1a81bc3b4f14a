#pragma once

#include "engine/clock/clock.hpp"
#include "engine/identity/settings.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::identity {

/// Gives every active participant that has no account one with the password `demo-USERNAME`, in one
/// transaction. Doing it again changes nothing. Returns how many were made. `clock` is the product's: the
/// journal says when. Such passwords sign nobody in unless `Settings::demonstration` is set.
Result<int> demonstration_accounts(store::Store& store, Organisation const& organisation, Clock const& clock);

}  // namespace xiaohao::identity
