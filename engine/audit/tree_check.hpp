#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "engine/audit/report.hpp"
#include "engine/domain/command.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/seal.hpp"

namespace xiaohao::audit {

struct Tree {
  std::int64_t size = 0;
  std::map<std::int64_t, journal::Hash>
      roots;                  ///< recomputed from the entries, for the sizes asked for and the whole
  bool entries_gone = false;  ///< so what follows from the others need not be what was written
  std::set<std::int64_t> items_in_doubt;  ///< of such entries, as their rows say
};

using SeeEntry = std::function<void(JournalEntry const&)>;

/// Recomputes the tree from the entries and holds the stored one against it. `sizes`: of heads to compare
/// later. `see` is given every entry that is what was hashed, in order.
Tree check_tree(store::sqlite::Connection& connection, journal::HashAlgorithm with,
                std::optional<store::sqlite::Seal> const& seal, std::set<std::int64_t> const& sizes,
                SeeEntry const& see, Report& report);

}  // namespace xiaohao::audit
