#pragma once

// Paths through a lifecycle, generated from what the engine was found to accept: a shortest one to every
// state, over every transition, and twice through everything that can be come back to.

#include "tests/paths/exploration.hpp"

namespace xiaohao::paths {

struct Path {
  std::string
      goal;  ///< what it is for: a state's id, a transition's name, a transition's name with `, twice`
  std::vector<Move> moves;
};

struct Paths {
  std::vector<Path> found;
  std::vector<std::string> missing;  ///< goals to which nothing leads
};

/// Of `item`, which begins `lifecycle`.
Paths paths_through(Exploration const& exploration, statechart::Definition const& lifecycle, ItemId item);

/// Fewer of them, the longest first: together they take every transition as often as all of them do, up to
/// twice.
std::vector<Path> enough_of(std::vector<Path> paths, decision::SmallCounty const& county, Row row);

}  // namespace xiaohao::paths
