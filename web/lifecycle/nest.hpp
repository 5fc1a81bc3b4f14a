#pragma once

// One state that holds others, being laid out. Coordinates are its own: (0, 0) is its top left corner.

#include <map>
#include <optional>
#include <vector>

#include "web/lifecycle/grid.hpp"
#include "web/lifecycle/layout.hpp"

namespace xiaohao::web::lifecycle {

enum class Side { Top, Bottom };

/// A state as its container sees it.
struct Piece {
  Rectangle area;  ///< its place is known when the container is laid out
  Label title;
  std::vector<InnerTransition> inner;
  bool holds_others = false;
};

/// The part of a link's line that runs in one container: between two children, or a child and the border.
struct Leg {
  std::size_t link = 0;
  std::optional<StateIndex> from;  ///< a child; none: the border
  std::optional<StateIndex> to;
  Side from_side = Side::Top;
  Side to_side = Side::Top;
  bool straight = false;       ///< from one side to the next box, without a turn
  StateIndex target;           ///< where the whole line ends: lines to the same target run together
  std::optional<Label> label;  ///< when the line begins here
  std::optional<int>
      from_port;  ///< of a child that has been laid out: the line leaves it here, from its left
  std::optional<int> to_port;
  std::vector<Point> points;  ///< the result
  std::optional<PlacedLabel> placed;
};

struct Nest {
  StateIndex state = 0;
  Grid grid;
  std::vector<Leg> legs;
  bool has_start = false;  ///< an initial child, entered from a dot
  int head_height = 0;     ///< of title and inner transitions
  int width_min = 0;
};

struct NestResult {
  int width = 0;
  int height = 0;
  std::optional<Start> start;
};

inline constexpr int axis = 24;  ///< below a box's top: where straight lines meet it
inline constexpr int leaf_height_min = 48;

/// Gives every child its place and every leg its points. `pieces` are all states of the machine; of those
/// that hold others the sizes are known, of the others the size they need for their own words.
NestResult lay_out(Nest& nest, std::vector<Piece>& pieces, StateIndex first_child);

}  // namespace xiaohao::web::lifecycle
