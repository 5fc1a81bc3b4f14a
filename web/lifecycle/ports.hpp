#pragma once

// Where lines leave and reach the boxes of one container.

#include <map>
#include <vector>

#include "web/lifecycle/nest.hpp"

namespace xiaohao::web::lifecycle {

struct Ports {
  std::map<std::size_t, int> from;      ///< of a leg: from its box's left to where it leaves
  std::map<std::size_t, int> to;        ///< of a leg: from its box's left to where it arrives
  std::map<std::size_t, int> straight;  ///< of a straight leg: from its boxes' top
  /// Of a channel: room for the labels of lines that leave the boxes above it, and below it.
  std::map<std::size_t, int> strip_above;
  std::map<std::size_t, int> strip_below;
};

/// The channel above or below the lane of `child`; channel 0 is above the first lane.
std::size_t channel_beside(Nest const& nest, StateIndex child, Side side);

/// Boxes grow where their lines and the labels beside them need more room.
Ports give_ports(Nest const& nest, std::vector<Piece>& pieces);

}  // namespace xiaohao::web::lifecycle
