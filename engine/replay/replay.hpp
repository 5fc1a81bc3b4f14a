#pragma once

// Plays a journal again: every decision in it is taken once more, by the lifecycle the item ran under at the
// time and from nothing but what the journal says had happened before, and held against what was written.
//
//     Replay replay(rules, organisation, Against::Lifecycle);
//     for (JournalEntry const& entry : journal) replay.take(entry);
//     replay.differences();                               // none: every history is one its lifecycle allows
//     differences_from_tables(replay, reader);            // tables.hpp: and the tables say what follows from
//     it

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/domain/evidence.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/migration/migration.hpp"

namespace xiaohao::replay {

/// What decisions are held against.
enum class Against {
  /// The lifecycle, the evidence, and who did what before. People, permissions and the county's numbers may
  /// have changed since and are not asked: what depends on them is taken as it was decided.
  Lifecycle,
  /// Today's people, permissions and numbers too, and the instants at which delays end: for a journal that
  /// was written under them.
  Everything,
};

/// A place where the journal says something else than what follows from it.
struct Difference {
  std::int64_t index;  ///< of the journal entry; -1: a table says it
  std::optional<ItemId> item;
  Text detail;
};

/// An item as its history leaves it.
struct PlayedItem {
  WorkItem item;
  std::vector<Evidence> evidence;         ///< withdrawn pieces included
  std::map<std::string, Instant> delays;  ///< begun and not yet ended, by event
};

class Replay {
 public:
  /// `rules` hold every lifecycle that a history names; both must outlive the replay.
  Replay(decision::Rules const& rules, Organisation const& organisation, Against against);

  /// The next entry, in the order of the journal, from its first.
  void take(JournalEntry const& entry);

  std::map<ItemId, PlayedItem> const& items() const { return items_; }
  /// In the order of the journal, at most `differences_max`.
  std::vector<Difference> const& differences() const { return differences_; }
  Instant latest() const { return latest_; }  ///< the latest instant at which an entry counts
  Against against() const { return against_; }

  static constexpr std::size_t differences_max = 1000;

 private:
  decision::Rules const& rules_;
  decision::Rules asked_;  // the rules, without the numbers that are not asked
  Organisation const& organisation_;
  Organisation const nobody_;
  Against against_;
  std::map<ItemId, PlayedItem> items_;
  std::map<ItemId, std::set<ItemId>> children_;
  std::optional<migration::Migration> migration_;  // the latest that was read
  std::vector<Difference> differences_;
  Instant latest_{};

  void prepare(JournalEntry const& entry);
  void create(JournalEntry const& entry);
  void decide(PlayedItem& played, JournalEntry const& entry);
  void migrate(PlayedItem& played, JournalEntry const& entry);
  void compare(JournalEntry const& entry, nlohmann::json const& outcome);
  void end_delay(PlayedItem& played, JournalEntry const& entry);
  std::vector<UnitId> leads_of(WorkItem const& item) const;
  void differ(JournalEntry const& entry, std::string zh, std::string en);
};

}  // namespace xiaohao::replay
