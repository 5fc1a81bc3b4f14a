#pragma once

#include "engine/creation.hpp"
#include "engine/decision/rules.hpp"
#include "engine/model/result.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::cli {

/// Puts the demonstration organisation into a database: units marked 示例 for the groups whose members nobody
/// has named, an owner and a head for every unit, and the shares that follow, as of `moment`. What the
/// database says itself stays: its units, the members of groups that are known, its people. A second call
/// changes nothing. Refuses (NotPossible) when a unit of the demonstration and another of the database have
/// the same id or name.
Result<void> fill_demonstration(store::Store& store, decision::Rules const& rules, Moment moment);

}  // namespace xiaohao::cli
