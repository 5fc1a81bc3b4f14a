#include "tests/paths/exploration.hpp"

#include <algorithm>
#include <stdexcept>

namespace xiaohao::paths {
namespace {

/// What guards ask about, the time aside.
std::string key_of(rehearsal::Stage const& stage) {
  nlohmann::json key = nlohmann::json::array();
  for (WorkItem const& item : stage.all_items()) {
    ItemStatus const& status = item.status;
    auto const evidence = stage.evidence_of(item.id());
    bool const shown = std::any_of(evidence.begin(), evidence.end(), [&](Evidence const& piece) {
      return !piece.withdrawn && piece.cycle == status.cycle;
    });
    std::set<std::string> contributors, delays;
    for (Timer const& timer : stage.timers_of(item.id())) delays.insert(timer.key);
    for (Username const& who : status.contributors) contributors.insert(who.value());
    key.push_back({status.configuration, status.applicant ? status.applicant->value() : "",
                   status.first_reviewer ? status.first_reviewer->value() : "", contributors,
                   status.extensions, status.requested_due.has_value(), delays, shown, status.shares,
                   status.shares_closed});
  }
  return key.dump();
}

class Search {
 public:
  Search(decision::SmallCounty const& county, Row row) : county_(county) { add(World(county, row), {}); }

  Exploration run() {
    for (std::size_t at = 0; at < worlds_.size(); ++at) {
      std::optional<World> const here = std::exchange(worlds_[at], std::nullopt);
      for (Move const& move : here->moves()) try_move(at, *here, move);
    }
    return std::move(found_);
  }

 private:
  decision::SmallCounty const& county_;
  Exploration found_;
  std::map<std::string, std::size_t> known_;
  std::vector<std::optional<World>> worlds_;  // until their moves have been made

  std::size_t add(World world, Place place) {
    auto const [known, fresh] = known_.emplace(key_of(world.stage()), found_.places.size());
    if (!fresh) return known->second;
    if (found_.places.size() == places_max) throw std::length_error("a row can come to too many places");
    Book book(county_);
    book.open_at(world);
    for (ItemId const item : world.items()) place.states[item] = book.states_of(item);
    found_.places.push_back(std::move(place));
    worlds_.emplace_back(std::move(world));
    return known->second;
  }

  void try_move(std::size_t from, World const& here, Move const& move) {
    World next = here;
    Book book(county_);
    book.open_at(here);
    next.stage().listen([&](JournalEntry const& entry) { book.hear(entry, next.stage()); });
    if (!next.perform(move)) return;
    next.stage().listen({});
    std::vector<TransitionName> taken = book.taken();
    std::size_t const edge = found_.places[from].edges.size();
    Place place{from, edge, found_.places[from].moves + 1, {}, {}};
    std::size_t const to = add(std::move(next), std::move(place));
    found_.places[from].edges.push_back({move, to, std::move(taken)});
  }
};

}  // namespace

std::vector<Move> Exploration::way_to(std::size_t place) const {
  std::vector<Move> moves;
  for (; places[place].moves > 0; place = places[place].from)
    moves.push_back(places[places[place].from].edges[places[place].edge].move);
  std::reverse(moves.begin(), moves.end());
  return moves;
}

Exploration explore(decision::SmallCounty const& county, Row row) { return Search(county, row).run(); }

}  // namespace xiaohao::paths
