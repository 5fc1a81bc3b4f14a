#include "web/lifecycle/grid.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "web/lifecycle/labels.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using statechart::Definition;
using statechart::StateType;

/// Outermost first, the state itself last.
std::vector<StateIndex> path_to(Definition const& definition, StateIndex state) {
  std::vector<StateIndex> path{state};
  for (auto at = definition.state(state).parent; at; at = definition.state(*at).parent) path.push_back(*at);
  std::reverse(path.begin(), path.end());
  return path;
}

/// The innermost state that holds both or is one of them; of a state and itself, its parent.
StateIndex container_of(Definition const& definition, StateIndex a, StateIndex b) {
  if (a == b) return definition.state(a).parent.value_or(a);
  auto const left = path_to(definition, a), right = path_to(definition, b);
  StateIndex common = 0;
  for (std::size_t depth = 0; depth < std::min(left.size(), right.size()); ++depth)
    if (left[depth] == right[depth]) common = left[depth];
  return common;
}

/// The states within one state, by their place in the picture's order, and the steps between them.
struct Steps {
  std::vector<StateIndex> order;
  std::vector<std::set<std::size_t>> forward;   ///< by place: the later places that arrows lead to
  std::vector<std::set<std::size_t>> backward;  ///< the same, seen from their ends
};

Steps steps_within(Definition const& definition, StateIndex container, std::vector<Link> const& links) {
  Steps steps;
  statechart::State const& outer = definition.state(container);
  steps.order = outer.children;
  if (outer.type == StateType::Compound && !outer.initial.empty()) {
    auto const first = std::find(steps.order.begin(), steps.order.end(), outer.initial.front());
    if (first != steps.order.end()) std::rotate(steps.order.begin(), first, first + 1);
  }
  std::unordered_map<StateIndex, std::size_t> places;
  for (std::size_t place = 0; place < steps.order.size(); ++place) places.emplace(steps.order[place], place);
  steps.forward.resize(steps.order.size());
  steps.backward.resize(steps.order.size());
  if (outer.type == StateType::Parallel) return steps;  // regions stand side by side, whatever leads across
  for (Link const& link : links) {
    auto const from = child_towards(definition, container, link.from);
    auto const to = child_towards(definition, container, link.to);
    if (!from || !to || places[*from] >= places[*to]) continue;
    steps.forward[places[*from]].insert(places[*to]);
    steps.backward[places[*to]].insert(places[*from]);
  }
  return steps;
}

/// Columns by the longest way forward; the places of the longest way from the first state.
struct Columns {
  std::vector<std::size_t> of;
  std::vector<std::size_t> spine;
};

Columns columns_of(Steps const& steps) {
  std::size_t const count = steps.order.size();
  Columns columns{std::vector<std::size_t>(count, 0), {}};
  for (std::size_t place = 0; place < count; ++place)
    for (std::size_t const next : steps.forward[place])
      columns.of[next] = std::max(columns.of[next], columns.of[place] + 1);
  std::vector<std::size_t> remaining(count, 1);
  for (std::size_t place = count; place-- > 0;)
    for (std::size_t const next : steps.forward[place])
      remaining[place] = std::max(remaining[place], remaining[next] + 1);
  for (std::optional<std::size_t> at = 0; at && count > 0;) {
    columns.spine.push_back(*at);
    std::optional<std::size_t> best;
    auto const rank = [&](std::size_t place) {
      return std::pair(columns.of[place] == columns.of[*at] + 1, remaining[place]);
    };
    for (std::size_t const next : steps.forward[*at])
      if (!best || rank(next) > rank(*best)) best = next;
    at = best;
  }
  return columns;
}

/// Gives out cells, each once.
class Lanes {
 public:
  void take(StateIndex state, Cell cell) {
    by_lane_[cell.lane][cell.column] = state;
    grid.cells[state] = cell;
    grid.columns = std::max(grid.columns, cell.column + 1);
    grid.lanes = std::max(grid.lanes, cell.lane + 1);
  }
  bool is_free(Cell cell) const {
    auto const lane = by_lane_.find(cell.lane);
    return lane == by_lane_.end() || !lane->second.contains(cell.column);
  }
  /// Nothing stands between two columns of a lane, nor in the second.
  bool is_clear(std::size_t lane, std::size_t from, std::size_t to) const {
    auto const found = by_lane_.find(lane);
    if (found == by_lane_.end()) return true;
    auto const next = found->second.upper_bound(from);
    return next == found->second.end() || next->first > to;
  }
  std::size_t lowest_free(std::size_t column, std::size_t from) {
    std::size_t& lane = lowest_.try_emplace(column, from).first->second;
    while (!is_free({column, lane})) ++lane;
    return lane;
  }
  Grid finish() {
    for (auto const& [lane, states] : by_lane_)
      for (auto at = states.begin(); at != states.end(); ++at)
        if (auto const next = std::next(at); next != states.end())
          grid.next_in_lane[at->second] = next->second;
    return std::move(grid);
  }
  Grid grid;

 private:
  std::map<std::size_t, std::map<std::size_t, StateIndex>> by_lane_;
  std::unordered_map<std::size_t, std::size_t> lowest_;
};

}  // namespace

std::optional<StateIndex> child_towards(Definition const& definition, StateIndex container,
                                        StateIndex state) {
  for (std::optional<StateIndex> at = state; at; at = definition.state(*at).parent)
    if (definition.state(*at).parent == container) return at;
  return std::nullopt;
}

std::vector<Link> links_of(Definition const& definition) {
  std::vector<Link> links;
  auto const add = [&](statechart::Transition const* transition, StateIndex from, StateIndex to, bool first) {
    links.push_back({transition, from, to, container_of(definition, from, to), first});
  };
  for (StateIndex index = 0; index < definition.states().size(); ++index)
    if (definition.state(index).is_history())
      for (StateIndex const target : definition.state(index).initial) add(nullptr, index, target, false);
  for (statechart::Transition const* transition : transitions_of(definition)) {
    bool first = true;
    for (StateIndex const target : transition->targets) {
      if (transition->source == target && !definition.state(target).parent) continue;
      add(transition, transition->source, target, first);
      first = false;
    }
  }
  return links;
}

Grid grid_of(Definition const& definition, StateIndex container, std::vector<Link> const& links) {
  Steps const steps = steps_within(definition, container, links);
  Columns const columns = columns_of(steps);
  bool const parallel = definition.state(container).type == StateType::Parallel;
  Lanes lanes;
  std::vector<bool> placed(steps.order.size(), false);
  auto const take = [&](std::size_t place, std::size_t lane) {
    lanes.take(steps.order[place], {columns.of[place], lane});
    placed[place] = true;
  };
  if (!parallel)
    for (std::size_t const place : columns.spine) take(place, 0);
  for (std::size_t place = 0; place < steps.order.size(); ++place) {
    if (placed[place]) continue;
    std::optional<std::size_t> lane;
    for (std::size_t const before : steps.backward[place]) {
      Cell const cell = lanes.grid.cells.at(steps.order[before]);
      if (cell.lane > 0 && lanes.is_clear(cell.lane, cell.column, columns.of[place])) lane = cell.lane;
    }
    take(place, lane ? *lane : lanes.lowest_free(columns.of[place], parallel ? 0 : 1));
  }
  return lanes.finish();
}

}  // namespace xiaohao::web::lifecycle
