#pragma once

#include <span>

#include "engine/store/store.hpp"
#include "web/application.hpp"

namespace xiaohao::web {

/// Whether `username` may read the history of every item that `lines` are about: the rule of the journal, for
/// API and page. What is about no item, or cannot be read, is nobody's secret.
bool may_read_entries(Application& application, Username const& username, store::Reader const& reader,
                      std::span<store::JournalLine const> lines);

}  // namespace xiaohao::web
