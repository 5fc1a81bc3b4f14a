#pragma once

// What the ladder of an item will do if nobody acts: the one list that the item's page and a rehearsal show,
// made by the same planner that will decide.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/decision/escalation.hpp"

namespace xiaohao::decision {

/// A step that is still to come.
struct FutureStep {
  std::string id;    ///< `remind-3`; as in its timer
  std::string kind;  ///< `remind`, `urge` … as its notices say; empty when it would tell nobody
  Instant at;
  /// Each once, by user name. Left out are those from whom it is withheld, and those told of this step for
  /// this due date already, for nobody is told it twice.
  std::vector<Username> recipients;
};

/// The steps of `item` after `after`, in order, at most `limit`. Each is decided as if it were carried out on
/// time, with `surroundings` as they are now; of silences and absences, which may be all there are, those
/// count that run at the instant of the step. Pure.
std::vector<FutureStep> coming_steps(Escalation const& escalation, WorkItem const& item, Instant after,
                                     Surroundings const& surroundings, std::size_t limit);

}  // namespace xiaohao::decision
