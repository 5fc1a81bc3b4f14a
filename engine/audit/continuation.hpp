#pragma once

// Whether a journal still is what heads kept elsewhere say of it, asked at start-up: two hashes and a short
// proof for each head, however long the journal is. `head_check` asks the same of everything.

#include <string>
#include <vector>

#include "engine/journal/head.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::audit {

/// Refuses (Unavailable) a journal that does not continue `heads`, and names what happened to it:
///   truncated: it has fewer entries than a head counts;
///   forked: it agrees with an earlier head, and after that tells another story;
///   rewritten: it agrees with none of them;
///   foreign: a head is not signed by a key that the journal names.
/// `where` is what the heads came from, for the refusal.
Result<void> expect_continuation(store::Reader const& reader, std::vector<journal::SignedHead> const& heads,
                                 std::string const& where);

}  // namespace xiaohao::audit
