#pragma once

#include <map>
#include <set>

#include "engine/audit/report.hpp"
#include "engine/audit/tree_check.hpp"
#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::audit {

/// Plays the journal into a database of its own, in memory, by the same writer that the server has; then
/// compares what both hold of items, their status, evidence and counters.
class Replay {
 public:
  explicit Replay(decision::Rules const& rules);

  void see(JournalEntry const& entry);
  /// What the journal says of the register of rows, by the index of the entry.
  std::map<std::int64_t, store::RegisterState> const& anchors() const { return anchors_; }
  void compare(store::sqlite::Connection& connection, Tree const& tree, Report& report);

 private:
  struct Item {
    WorkItem item;
    bool in_doubt = false;  ///< one of its entries is missing, or cannot be played
  };
  decision::Rules const& rules_;
  store::sqlite::Connection memory_;
  std::map<ItemId, Item> items_;
  std::map<std::int64_t, store::RegisterState> anchors_;
  std::map<std::string, std::int64_t> unknown_types_;  ///< to the first entry of the type
  std::vector<Finding> unplayable_;

  void play(JournalEntry const& entry);
  void put_items();
  void compare_counts(store::sqlite::Connection& connection, bool in_doubt, Report& report);
  void note_unknown_types(Report& report) const;
  bool is_in_doubt(std::string const& table, std::string const& key, Tree const& tree) const;
};

}  // namespace xiaohao::audit
