#pragma once

// Heads that were kept elsewhere, in whatever form people keep them.

#include <string>
#include <string_view>
#include <vector>

#include "engine/journal/head.hpp"

namespace xiaohao::audit {

/// The heads in `text`: a copy of `DB.heads` (a head a line), an answer of `GET /journal/head`, a close-out
/// record (its head counts), or one head. Malformed when it is none of them.
Result<std::vector<journal::SignedHead>> heads_in(std::string_view text);

}  // namespace xiaohao::audit
