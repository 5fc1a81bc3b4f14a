#pragma once

// Everywhere that a row can come to in the real engine, and how: a search that makes every move the engine
// accepts, breadth first, so that each place is known by a shortest way.

#include "tests/paths/book.hpp"

namespace xiaohao::paths {

struct Edge {
  Move move;
  std::size_t to;
  std::vector<TransitionName> taken;  ///< of all items of the row
};

/// A place stands for all that differ in nothing a guard asks about but the time.
struct Place {
  std::size_t from = 0;  ///< the place before it on a shortest way from the first; its own for the first
  std::size_t edge = 0;  ///< the edge of that place
  std::size_t moves = 0;
  std::map<ItemId, std::vector<std::string>> states;
  std::vector<Edge> edges;
};

struct Exploration {
  std::vector<Place> places;  ///< in the order in which they were found: no later one is nearer

  std::vector<Move> way_to(std::size_t place) const;
};

/// Throws std::length_error when there are more than `places_max`.
Exploration explore(decision::SmallCounty const& county, Row row);
inline constexpr std::size_t places_max = 20'000;

}  // namespace xiaohao::paths
