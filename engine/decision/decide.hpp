#pragma once

// The heart: from a command and what is known, the new status and everything that follows, or why nothing
// does.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/decision/actions.hpp"
#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/silence.hpp"

namespace xiaohao::decision {

/// All that a decision about one item may depend on.
struct Context {
  Instant now;
  WorkItem const& item;
  std::vector<UnitId> const& leads;  ///< units that lead the item's task
  Organisation const& organisation;
  std::function<std::vector<Evidence>()> evidence;  ///< of the item; called only when a guard asks
  Rules const& rules;
  std::vector<Absence> const* absences = nullptr;  ///< those that run at `now`: substitutes may act
};

/// A delay of the lifecycle that begins: `event` comes back to the item at `due`.
struct DelayToStart {
  std::string event;
  Instant due;
};

struct Decision {
  ItemStatus status;                       ///< version raised by one
  std::vector<std::string> active_states;  ///< keys of all active states, for filters
  JournalEntry entry;                      ///< without its index
  Consequences consequences;
  std::vector<DelayToStart> delays;
  std::vector<std::string> delays_cancelled;
};

/// The decision on `command`, or why it changes nothing.
///
/// Pure: no clock, store or setting but `context`, so a year replays to the same bytes. `context.now` is UTC,
/// milliseconds; an item's dates are local to its plan's time zone. Refuses, in this order: VersionMissing or
/// Stale (old views learn that first), Forbidden, NotPossible, Malformed (fields), Forbidden or GuardFailed
/// (guards). Automatic actors need no version and no permission. Source: SCXML (W3C 2015), 3.13 "Selecting
/// and Executing Transitions".
Result<Decision> decide(Command const& command, Context const& context);

/// The status of an item that begins the lifecycle of its kind at `context.now`, and what follows.
Decision begin(ItemDefinition const& definition, ItemStatus status, Rules const& rules, Instant now);

/// What an entry that was decided before has made of an item.
struct Replayed {
  ItemStatus status;
  Consequences consequences;
};

/// The status after `entry`, from the entry alone. None when the entry moves no state, or speaks of a
/// lifecycle or a state of it that `rules` do not have. Throws std::exception for an entry that no decision
/// wrote.
std::optional<Replayed> replay(ItemDefinition const& definition, ItemStatus status, JournalEntry const& entry,
                               Rules const& rules);

/// Keys of all states that are active in `status`. None: its lifecycle or configuration is not one of
/// `rules`.
std::optional<std::vector<std::string>> active_states_of(ItemStatus const& status, Rules const& rules);

/// An event that `participant` may send now, what it needs, and what stands against it.
struct PossibleEvent {
  std::string type;
  Text label;
  std::vector<Field> needs;
  std::vector<Fault> blocked_by;
};
std::vector<PossibleEvent> possible_events(Participant const& participant, Context const& context);

}  // namespace xiaohao::decision
