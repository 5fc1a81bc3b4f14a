#pragma once

// Where the states within one state stand to one another, before anything has a size: in columns from left to
// right as the procedure goes, the longest way on the first lane, whatever branches off on lanes below.
//
// The order of the states in the file is the order of the picture: an arrow to a later state goes forward,
// one to an earlier state comes back.

#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/statechart/definition.hpp"

namespace xiaohao::web::lifecycle {

using statechart::StateIndex;

/// One line to draw: of a transition to one of its targets, or of a history state to what it stands for at
/// first.
struct Link {
  statechart::Transition const* transition;  ///< null: the default of a history state
  StateIndex from;
  StateIndex to;
  StateIndex container;  ///< the innermost state that holds both ends; one of them may be it
  bool first = true;     ///< of its transition's lines: this one carries the label
};

/// All of them, in document order. Transitions that go nowhere, and the machine's from itself to itself, have
/// none.
std::vector<Link> links_of(statechart::Definition const& definition);

/// The child of `container` that is `state` or holds it; none when `state` is not within.
std::optional<StateIndex> child_towards(statechart::Definition const& definition, StateIndex container,
                                        StateIndex state);

struct Cell {
  std::size_t column = 0;
  std::size_t lane = 0;
};

struct Grid {
  std::unordered_map<StateIndex, Cell> cells;
  std::unordered_map<StateIndex, StateIndex> next_in_lane;  ///< the neighbour to the right, gaps skipped
  std::size_t columns = 0;
  std::size_t lanes = 0;
};

/// `links` are those whose container is `container`.
Grid grid_of(statechart::Definition const& definition, StateIndex container, std::vector<Link> const& links);

}  // namespace xiaohao::web::lifecycle
