#pragma once

// Moving the running items of a database to a new version of their lifecycle: a dry run over all of them, or
// one transaction.

#include <string>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/migration/migration.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// What becomes of one running item.
struct ItemMove {
  WorkItem before;
  Result<decision::Decision> decision;  ///< or why it cannot move
};

/// Every running item of the old version, by number and id. Changes nothing.
std::vector<ItemMove> moves_of(store::Reader const& reader, migration::Migration const& migration,
                               decision::Rules const& rules, Actor const& actor, Instant now);

/// Keeps `document` as the new version and moves every running item to it, all or nothing: one entry of no
/// item with the mapping, then one for each item with its new version and its timers. Returns how many moved.
///
/// `rules` hold both versions. Refuses: Forbidden when the permission table does not let `actor` move some
/// item (the leadership group may); NotPossible when some item cannot move, or another document is kept under
/// the new version's name.
Result<int> migrate_items(store::Store& store, decision::Rules const& rules,
                          migration::Migration const& migration, std::string const& document,
                          Username const& actor, Moment moment);

}  // namespace xiaohao
