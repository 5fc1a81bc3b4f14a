#include "tests/paths/paths.hpp"

#include <algorithm>
#include <deque>

namespace xiaohao::paths {
namespace {

using statechart::Definition;
using statechart::State;
using statechart::StateIndex;
using statechart::Transition;

/// An edge by its place, and its number there.
struct EdgeAt {
  std::size_t place;
  std::size_t number;
};

Edge const& at(Exploration const& exploration, EdgeAt edge) {
  return exploration.places[edge.place].edges[edge.number];
}

bool takes(Edge const& edge, TransitionName const& name) {
  return std::find(edge.taken.begin(), edge.taken.end(), name) != edge.taken.end();
}

/// A shortest way from `start` over an edge that takes `name`: its edges, or none.
std::vector<EdgeAt> way_over(Exploration const& exploration, std::size_t start, TransitionName const& name) {
  std::map<std::size_t, std::optional<EdgeAt>> reached_by{{start, std::nullopt}};
  std::deque<std::size_t> waiting{start};
  for (; !waiting.empty(); waiting.pop_front()) {
    std::size_t const place = waiting.front();
    for (std::size_t number = 0; number < exploration.places[place].edges.size(); ++number) {
      Edge const& edge = exploration.places[place].edges[number];
      if (takes(edge, name)) {
        std::vector<EdgeAt> way{{place, number}};
        for (auto back = reached_by.at(place); back; back = reached_by.at(back->place)) way.push_back(*back);
        std::reverse(way.begin(), way.end());
        return way;
      }
      if (reached_by.emplace(edge.to, EdgeAt{place, number}).second) waiting.push_back(edge.to);
    }
  }
  return {};
}

void append(std::vector<Move>& moves, Exploration const& exploration, std::vector<EdgeAt> const& way) {
  for (EdgeAt const edge : way) moves.push_back(at(exploration, edge).move);
}

/// Whether the drawing leads from `transition` back to its source, guards aside.
bool leads_back(Definition const& lifecycle, Transition const& transition) {
  if (transition.targetless) return true;
  std::set<StateIndex> reached;
  std::deque<StateIndex> waiting;
  auto const reach = [&](StateIndex state) {
    if (reached.insert(state).second) waiting.push_back(state);
  };
  for (StateIndex const target : transition.targets) reach(target);
  for (; !waiting.empty(); waiting.pop_front()) {
    State const& state = lifecycle.state(waiting.front());
    for (StateIndex const inner : state.initial) reach(inner);
    if (state.type == statechart::StateType::Parallel)
      for (StateIndex const region : state.children) reach(region);
    for (auto const* list : {&state.on, &state.always})
      for (Transition const& next : *list)
        for (StateIndex const target : next.targets) reach(target);
  }
  return reached.contains(transition.source);
}

}  // namespace

Paths paths_through(Exploration const& exploration, Definition const& lifecycle, ItemId item) {
  Paths paths;
  for (State const& state : lifecycle.states()) {
    if (state.is_history()) continue;
    auto const there =
        std::find_if(exploration.places.begin(), exploration.places.end(), [&](Place const& place) {
          auto const& states = place.states.at(item);
          return std::find(states.begin(), states.end(), state.id) != states.end();
        });
    if (there == exploration.places.end())
      paths.missing.push_back(state.id);
    else
      paths.found.push_back(
          {state.id, exploration.way_to(static_cast<std::size_t>(there - exploration.places.begin()))});
  }
  for (TransitionName const& name : transitions_of(lifecycle)) {
    auto const once = way_over(exploration, 0, name);
    if (once.empty()) {
      paths.missing.push_back(name);
      continue;
    }
    Path path{name, {}};
    append(path.moves, exploration, once);
    paths.found.push_back(path);
    auto const again = way_over(exploration, at(exploration, once.back()).to, name);
    path.goal += ", twice";
    append(path.moves, exploration, again);
    if (!again.empty()) paths.found.push_back(path);
  }
  std::set<std::string> goals;
  for (Path const& path : paths.found) goals.insert(path.goal);
  for (State const& state : lifecycle.states())
    for (auto const* list : {&state.on, &state.always})
      for (Transition const& transition : *list)
        if (std::string const goal = name_of(lifecycle, transition) + ", twice";
            leads_back(lifecycle, transition) && !goals.contains(goal))
          paths.missing.push_back(goal);
  return paths;
}

std::vector<Path> enough_of(std::vector<Path> paths, decision::SmallCounty const& county, Row row) {
  std::stable_sort(paths.begin(), paths.end(),
                   [](Path const& a, Path const& b) { return a.moves.size() > b.moves.size(); });
  std::vector<Path> enough;
  std::map<TransitionName, int> most;  // that one path so far takes it
  for (Path const& path : paths) {
    Book book(county);
    World world(county, row);
    book.open_at(world);
    world.stage().listen([&](JournalEntry const& entry) { book.hear(entry, world.stage()); });
    for (Move const& move : path.moves) world.must(move);
    std::map<TransitionName, int> counts;
    for (TransitionName const& name : book.taken()) ++counts[name];
    bool adds = false;
    for (auto const& [name, count] : counts) {
      int& known = most[name];
      adds = adds || std::min(count, 2) > known;
      known = std::max(known, std::min(count, 2));
    }
    if (adds) enough.push_back(path);
  }
  return enough;
}

}  // namespace xiaohao::paths
