#pragma once

// The one door to the engine: `submit` a command, `advance` time, read.
//
//     Engine engine(store, clock, rules);
//     Result<WorkItem> item = engine.submit_and_wait(command);   // durable when it returns
//     engine.advance(clock.now());                               // every timer due by then, in order
//
// A command that is accepted commits its journal entry, the item's new status, its relatives', its timers and
// its notices in one transaction, or nothing at all.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"
#include "engine/decision/fields.hpp"
#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/model/result.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// An event that a person may send now, what it needs, and what stands against it.
struct PossibleAction {
  std::string type;
  Text label;
  std::vector<std::string> needs;       ///< names of the fields the event asks for
  std::vector<decision::Field> fields;  ///< those, and the ones it may carry besides, `note` aside
  std::vector<Text> blocked_by;         ///< conditions that do not hold now; empty: it would be accepted
};

class Engine {
 public:
  using Answer = std::function<void(Result<WorkItem>)>;

  Engine(store::Store& store, Clock& clock, decision::Rules rules);

  /// Decides and commits `command`. `answer` is called on the writer's thread once the outcome is durable,
  /// with the item as it then stands. Refuses in this order: NotFound, Stale (old views learn that first),
  /// Forbidden, NotPossible, GuardFailed.
  void submit(Command command, Answer answer);
  Result<WorkItem> submit_and_wait(Command command);

  /// Fires every timer due by `to`, in the order they fell due, each at its own instant. Returns how many
  /// fired.
  Result<int> advance(Instant to);

  /// Now, but never before what the journal says has happened: a clock set back does not rewrite the order of
  /// events. By when entries count (`at`), not by when they were written, so that a plan loaded late can
  /// still be played from its first day by a virtual clock.
  Instant now() const;

  /// What `actor` may do with `item` now, in the order of the lifecycle.
  std::vector<PossibleAction> actions(store::Reader const& reader, WorkItem const& item,
                                      Username const& actor) const;

  /// The organisation as the engine sees it; immutable, and replaced as a whole by `reload_organisation`.
  std::shared_ptr<Organisation const> organisation() const;
  void reload_organisation();
  /// The same before the commit, inside the work that writes the change, so that nothing is decided in
  /// between by people as they were; `reload_organisation` again should the commit fail.
  void put_organisation_in_force(std::shared_ptr<Organisation const> organisation);

  store::Store& store() const { return store_; }
  /// The rules in force. The reference stays good for the engine's life, also after others took their place.
  decision::Rules const& rules() const { return *rules_.load(); }
  /// Whatever is decided from now on is decided by `rules`. Call it inside the work that writes the change,
  /// so that nothing is decided in between; and again with those before, should the commit fail. Returns
  /// those before.
  std::shared_ptr<decision::Rules const> put_in_force(std::shared_ptr<decision::Rules const> rules);

 private:
  store::Store& store_;
  Clock& clock_;
  std::mutex rules_mutex_;
  std::vector<std::shared_ptr<decision::Rules const>> all_rules_;  ///< that were ever in force; they are few
  std::atomic<decision::Rules const*> rules_;
  std::atomic<Instant> latest_{Instant{}};
  mutable std::mutex organisation_mutex_;
  std::shared_ptr<Organisation const> organisation_;

  Result<WorkItem> transact(store::Transaction& transaction, Command const& command);
  void raise_latest(Instant to);
};

}  // namespace xiaohao
