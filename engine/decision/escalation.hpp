#pragma once

// What the engine asks of an escalation policy 督办阶梯. The policies themselves and everything about
// channels live outside the engine (`notifications/`), which hands an implementation in; the engine only
// knows that an item has a next step at some instant, and that occasions produce notices. All of it is pure:
// the same arguments give the same answer.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/domain/formal_document.hpp"
#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/silence.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

struct PlannedStep {
  std::string name;  ///< unique within one item and due date: `remind-3`, `urge`; the key of its timer
  Instant at;        ///< working time and quiet hours counted in
};

/// Why people are told something, apart from a step of the ladder: `review`, `verification`, `returned`,
/// `urged`, `closed` … The lifecycle names it, by its action `notify`.
struct Occasion {
  std::string name;
  std::string audience;  ///< `owner`, `first_reviewer`, `inspector`, `coordinator`, `leadership`, `head`
  std::string text;      ///< what a person wrote: the reason of a return, the words of an urge; may be empty
  Username actor;
};

/// How an item stood from an instant on.
struct Stood {
  Instant from;
  ItemStatus status;
};

/// What a planner may look at besides the item. What costs a query is a function, and asked for only when
/// needed; one that is left out has nothing to tell.
struct Surroundings {
  Organisation const& organisation;
  std::vector<UnitId> const& leads;  ///< units that lead the item's task, when the item is a supporting share
  Instant now;  ///< when it is decided; later than the instant it fell due after a standstill
  std::function<std::vector<Notice>()> notices;    ///< of this item, newest first
  std::function<std::vector<Stood>()> history{};   ///< of this item, oldest first, how it stands now included
  std::vector<Silence> const* silences = nullptr;  ///< those that run at `now`
  std::vector<Absence> const* absences = nullptr;  ///< those that run at `now`
};

class Escalation {
 public:
  virtual ~Escalation() = default;

  /// The first step of the ladder of `item` that falls strictly after `after`; none when the ladder is at its
  /// end, the item has no due date or is closed, or its own clock stands still (applied and not returned).
  virtual std::optional<PlannedStep> next_step(WorkItem const& item, Instant after) const = 0;

  /// Whether `step`, due at `at`, is one to decide at all. A step that watches for something over time (red
  /// in three bulletins running) falls due again and again, and mostly finds nothing: then nothing is
  /// written.
  virtual bool applies(WorkItem const&, std::string const& step, Instant at, Surroundings const&) const {
    return !step.empty() && at > Instant{};
  }

  /// Who is told what when `step` falls due at `at`.
  virtual std::vector<Notice> notices_of_step(WorkItem const& item, std::string const& step, Instant at,
                                              Surroundings const& surroundings) const = 0;

  /// Who is told what on an occasion. Keys are unique per `journal_index`.
  virtual std::vector<Notice> notices_of_occasion(WorkItem const& item, Occasion const& occasion, Instant at,
                                                  std::int64_t journal_index,
                                                  Surroundings const& surroundings) const = 0;

  /// Who is told that a paper was signed. Keys are unique per document.
  virtual std::vector<Notice> notices_of_document(FormalDocument const&, Organisation const&, Instant) const {
    return {};
  }
};

}  // namespace xiaohao::decision
