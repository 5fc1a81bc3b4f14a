#pragma once

// One command, or one timer, and all that it moves, inside one transaction: the item, its task, its shares,
// their timers and notices.

#include "engine/decision/decide.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

class Execution {
 public:
  /// `recorded_at` is when the entries are written; it may be later than the instant at which they count.
  Execution(store::Transaction& transaction, decision::Rules const& rules, Organisation const& organisation,
            Instant recorded_at)
      : transaction_(transaction), rules_(rules), organisation_(organisation), recorded_at_(recorded_at) {}

  /// Decides `command` as of `at` and writes everything that follows. Refused: nothing has been written by
  /// this call.
  Result<WorkItem> run(Command const& command, Instant at);

  /// Writes a decision on the item `before` and everything that follows from it. The item as it then stands.
  WorkItem write(WorkItem const& before, decision::Decision decision, Instant at);

  /// Fires `timer` at the instant it was due. A delay whose state has been left meanwhile does nothing; a
  /// recurrence makes the next occurrence, unless its task was cancelled.
  void fire(Timer const& timer);

  /// Fires the timers of `item` that are due by `at`, so that a late clock does not let a person act in a
  /// state that has ended.
  void catch_up(ItemId item, Instant at);

  /// Writes a new item with its timers and its entry. An occurrence waits for its period to begin, or for its
  /// close-out, to be followed by the next.
  void create(ItemDefinition definition, ItemStatus status, Instant at);

  /// Tells the owners of `item` that it has come to them, by the entry `index`.
  void tell_handed_over(ItemId item, std::int64_t index, std::string const& words, Actor const& actor,
                        Instant at);

  /// Moves the due date of an item to `due`, for `reason`; `phrase` is where it comes from. Its ladder and
  /// the delays that count from it move with it.
  WorkItem change_due(WorkItem const& item, Date due, std::string const& phrase, Text const& reason,
                      Actor const& actor, Instant at);

  /// Tells those whom the policy names for `occasion` of `item`; `index` is the entry it follows from.
  void tell(WorkItem const& item, decision::Occasion occasion, std::int64_t index, Instant at);

  /// Sets the next step of an item's ladder by the rules as they are now: after a change of policy or
  /// calendar.
  void renew_ladder(WorkItem const& item, Instant at);

  /// The units that lead the task of which `item` is a supporting share.
  std::vector<UnitId> leads_of(WorkItem const& item) const;

  /// Lets a task sum up its shares anew.
  void sum_up(ItemId task, Instant at);

 private:
  store::Transaction& transaction_;
  decision::Rules const& rules_;
  Organisation const& organisation_;
  Instant recorded_at_;
  mutable std::optional<std::vector<Silence>> silences_;  ///< as they are at `recorded_at_`, once asked for
  mutable std::optional<std::vector<Absence>> absences_;

  int groups_unknown(WorkItem const& task) const;  ///< of those that were unknown when it was made
  void set_delays(ItemId item, decision::Decision const& decision);
  void set_ladder(WorkItem const& item, Instant at);
  std::vector<Silence> const& silences() const;
  std::vector<Absence> const& absences() const;
  void await_next(WorkItem const& item, Instant at);
  void bring_next_forward(WorkItem const& item, Instant at);
  void make_next(WorkItem const& present, Instant at);
  decision::Surroundings surroundings_of(WorkItem const& item, std::vector<UnitId> const& leads) const;
  void note_on_finding(WorkItem const& item, decision::Consequences const& then, Instant at);
  void notify(WorkItem const& item, decision::Consequences const& then, std::int64_t index, Instant at);
  void hand_over(WorkItem const& share, UnitId const& taker, std::int64_t index, std::string const& words,
                 Actor const& actor, Instant at);
  void forward(WorkItem const& task, decision::Forward const& forwarded, Actor const& actor, Instant at);
};

}  // namespace xiaohao
