#pragma once

// The book that a test keeps of its own while the engine runs: where the statechart alone, begun at its first
// state and told only what happened, says that each item stands; since when it has been in each state; which
// transitions it took.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/statechart/interpreter.hpp"
#include "tests/paths/world.hpp"

namespace xiaohao::paths {

/// `assignment/1 /states/closeout/…`: a transition by where it stands in the file.
using TransitionName = std::string;
TransitionName name_of(statechart::Definition const& lifecycle, statechart::Transition const& transition);
/// All that an item can take: one that only forbids is never taken.
std::vector<TransitionName> transitions_of(statechart::Definition const& lifecycle);

class Book {
 public:
  explicit Book(decision::SmallCounty const& county) : county_(county) {}

  /// The items of a world that has just begun: each in the first states of its lifecycle, since now.
  void begin_with(World const& world);
  /// Items as `world` has them, for who begins to listen in the middle; since when is not known.
  void open_at(World const& world);

  /// The next entry of the journal, as it is written to `stage`.
  void hear(JournalEntry const& entry, rehearsal::Stage const& stage);

  /// What the engine has otherwise than the book: states, values, timers. Empty: nothing.
  std::string differences(rehearsal::Stage const& stage) const;

  /// Since the last call, in order.
  std::vector<TransitionName> taken() { return std::exchange(taken_, {}); }
  /// Ids of the states that `item` is in.
  std::vector<std::string> states_of(ItemId item) const;

 private:
  struct Page {
    WorkItem item;  ///< as the last entry left it, and its evidence: what guards are asked about
    std::vector<Evidence> evidence;
    statechart::Configuration configuration;
    std::map<statechart::StateIndex, Instant> entered;
    std::set<std::string> ended = {};  ///< events that came, delays among them: those run no more
  };
  decision::SmallCounty const& county_;
  std::map<ItemId, Page> pages_;
  std::vector<TransitionName> taken_;
  std::string wrong_outcomes_;

  statechart::Definition const& lifecycle_of(WorkItem const& item) const {
    return *county_.rules.lifecycle(item.status.lifecycle);
  }
  void open_page(WorkItem const& item, Instant since);
  bool holds(statechart::Call const& call, Page const& page, JournalEntry const& entry) const;
  std::map<std::string, Instant> timers(Page const& page) const;
};

}  // namespace xiaohao::paths
