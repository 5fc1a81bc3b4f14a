#pragma once

#include "engine/store/store.hpp"

namespace xiaohao::identity {

/// Ends every session of the user, revokes every token, and deletes the addresses of his calendars, a unit's
/// among them. Nothing brings them back.
void end_access(store::Transaction& transaction, Username const& username);

}  // namespace xiaohao::identity
