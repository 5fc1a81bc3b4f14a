#include "web/lifecycle/ports.hpp"

#include <algorithm>

namespace xiaohao::web::lifecycle {
namespace {

constexpr int port_width = 16;
constexpr int label_padding = 16;
constexpr int clearance = 8;  ///< between two lines, and between a line and a corner

/// The legs that end at one side of one box.
struct Ends {
  std::vector<std::size_t> leaving;
  std::vector<std::size_t> arriving;
  std::vector<int> taken;  ///< where lines from within the box cross its border already
};

/// Gives out places on a side from left to right.
class Edge {
 public:
  Edge(int start, std::vector<int> const& taken) : x_(start), taken_(taken) {}

  int next(int width) {
    for (bool moved = true; moved;) {
      moved = false;
      for (int const port : taken_)
        if (port > x_ - clearance && port < x_ + width) {
          x_ = port + clearance + 1;
          moved = true;
        }
    }
    int const port = x_ + clearance;
    x_ += width;
    return port;
  }
  int end() const { return x_ + 4; }

 private:
  int x_;
  std::vector<int> const& taken_;
};

class PortLayout {
 public:
  PortLayout(Nest const& nest, std::vector<Piece>& pieces) : nest_(nest), pieces_(pieces) {}

  Ports run() {
    for (std::size_t index = 0; index < nest_.legs.size(); ++index) sort_ends(index);
    for (auto const& [where, ends] : ends_) give(where.first, where.second, ends);
    stack_straight_lines();
    return std::move(ports_);
  }

 private:
  Nest const& nest_;
  std::vector<Piece>& pieces_;
  std::map<std::pair<StateIndex, Side>, Ends> ends_;
  Ports ports_;

  void sort_ends(std::size_t index) {
    Leg const& leg = nest_.legs[index];
    if (leg.straight) return;
    if (leg.from) {
      Ends& ends = ends_[{*leg.from, leg.from_side}];
      if (leg.from_port)
        ends.taken.push_back(ports_.from[index] = *leg.from_port);
      else
        ends.leaving.push_back(index);
    }
    if (leg.to) {
      Ends& ends = ends_[{*leg.to, leg.to_side}];
      if (leg.to_port)
        ends.taken.push_back(ports_.to[index] = *leg.to_port);
      else
        ends.arriving.push_back(index);
    }
  }

  void give(StateIndex child, Side side, Ends const& ends) {
    Piece& piece = pieces_[child];
    Edge edge(piece.holds_others ? 14 : 4, ends.taken);
    // Lines back come in from the right and leave to the left, those forward the other way: so they do not
    // cross.
    if (side == Side::Bottom) arrive(edge, ends);
    leave(edge, child, side, ends);
    if (side == Side::Top) arrive(edge, ends);
    if (!piece.holds_others && edge.end() < piece.area.width) {
      int const shift = (piece.area.width - edge.end()) / 2;
      for (std::size_t const leg : ends.leaving) ports_.from[leg] += shift;
      for (std::size_t const leg : ends.arriving) ports_.to[leg] += shift;
    }
    piece.area.width = std::max(piece.area.width, edge.end());
  }

  void leave(Edge& edge, StateIndex child, Side side, Ends const& ends) {
    auto& strips = side == Side::Top ? ports_.strip_below : ports_.strip_above;
    for (std::size_t const leg : ends.leaving) {
      Label const label = nest_.legs[leg].label.value_or(Label{});
      ports_.from[leg] = edge.next(std::max(port_width, label.width + label_padding));
      int& strip = strips[channel_beside(nest_, child, side)];
      if (label.height > 0) strip = std::max(strip, label.height + 4);
    }
  }

  /// Lines to one state come together before they reach it.
  void arrive(Edge& edge, Ends const& ends) {
    if (ends.arriving.empty()) return;
    int const port = edge.next(port_width);
    for (std::size_t const leg : ends.arriving) ports_.to[leg] = port;
  }

  /// Several straight lines between the same boxes stand one below the other.
  void stack_straight_lines() {
    std::map<StateIndex, int> next;
    for (std::size_t index = 0; index < nest_.legs.size(); ++index) {
      Leg const& leg = nest_.legs[index];
      if (!leg.straight) continue;
      auto const [found, first] = next.try_emplace(*leg.from, axis);
      if (!first) found->second += leg.label.value_or(Label{}).height + 12;
      ports_.straight[index] = found->second;
      for (StateIndex const end : {*leg.from, *leg.to})
        pieces_[end].area.height = std::max(pieces_[end].area.height, found->second + axis);
    }
  }
};

}  // namespace

std::size_t channel_beside(Nest const& nest, StateIndex child, Side side) {
  return nest.grid.cells.at(child).lane + (side == Side::Bottom ? 1 : 0);
}

Ports give_ports(Nest const& nest, std::vector<Piece>& pieces) { return PortLayout(nest, pieces).run(); }

}  // namespace xiaohao::web::lifecycle
