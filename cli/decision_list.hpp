#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::cli {

/// `xiangA=cancel,xiangB=xiangC`: what becomes of the shares of units that have left their group; none: they
/// end.
Result<std::map<UnitId, std::optional<UnitId>>> read_decisions(std::string const& list);

/// `xiangA,xiangB`; nothing of an empty text.
std::vector<UnitId> read_units(std::string const& list);

}  // namespace xiaohao::cli
