#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/audit/report.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/seal.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::audit {

/// Recomputes the chain of the register, holds it against the seal and against what the journal says of it
/// from day to day (`anchors`: by the index of the entry that says it), then holds every row against the
/// register.
void check_register(store::sqlite::Connection& connection, journal::HashAlgorithm with,
                    std::optional<store::sqlite::Seal> const& seal,
                    std::map<std::int64_t, store::RegisterState> const& anchors, Report& report);

}  // namespace xiaohao::audit
