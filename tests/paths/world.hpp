#pragma once

// One row of a checklist and what it needs to be lived through, in memory: the real engine on a rehearsal's
// stage, which a search can copy at every turn.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/rehearsal/stage.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::paths {

/// The row, and what hangs below it: one unit's share, one milestone, or one finding.
enum class Row { WithShare, WithMilestone, WithFinding };
inline ItemId const task{1}, below{2};

/// A kind of item whose lifecycle is lived through, and where.
struct Subject {
  ItemKind kind;
  Row row;
  ItemId item;

  std::string const& lifecycle(decision::SmallCounty const& county) const {
    return county.rules.lifecycle_of.at(kind);
  }
};
inline std::vector<Subject> subjects() {
  return {{ItemKind::Assignment, Row::WithShare, below},
          {ItemKind::Task, Row::WithShare, task},
          {ItemKind::Milestone, Row::WithMilestone, below},
          {ItemKind::Finding, Row::WithFinding, below}};
}

/// What happens next: somebody sends an event, or time goes on to the next timer, or the row sums up its
/// shares anew, as it does when its groups change.
struct Move {
  enum class What { Send, Time, SumUp };
  What what = What::Time;
  ItemId item{0};
  Username who{""};
  std::string event = {};
  nlohmann::json payload = nlohmann::json::object();
};
std::string to_string(Move const& move);

class World {
 public:
  /// `listener` hears the journal from its first entry; `county` must outlive the world.
  World(decision::SmallCounty const& county, Row row, std::function<void(JournalEntry const&)> listener = {});

  /// An hour passes, and `move` is made. Refused by the engine: nothing has happened but the hour.
  Result<void> perform(Move const& move);
  /// The same; refused, it throws std::logic_error with the reason.
  void must(Move const& move);

  /// Every event that the engine offers somebody, with the fields it asks for; and time, and summing up.
  std::vector<Move> moves() const;

  rehearsal::Stage& stage() { return stage_; }
  rehearsal::Stage const& stage() const { return stage_; }
  decision::SmallCounty const& county() const { return *county_; }
  std::vector<ItemId> items() const;
  Instant now() const { return now_; }

 private:
  decision::SmallCounty const* county_;
  rehearsal::Stage stage_;
  Instant now_;
};

}  // namespace xiaohao::paths
