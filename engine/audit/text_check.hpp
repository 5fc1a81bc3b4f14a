#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/audit/report.hpp"
#include "engine/domain/command.hpp"
#include "engine/journal/commitment.hpp"
#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::audit {

/// Holds the texts beside the journal against the commitments in its entries: each is the one that was
/// committed to, and none is gone of which no entry tells that it was erased.
class TextCheck {
 public:
  TextCheck(store::sqlite::Connection& connection, journal::HashAlgorithm with)
      : connection_(connection), with_(with) {}

  /// Puts the entry's texts back, as it was written; false when one of them is not what was committed to.
  bool put_back(JournalEntry& entry, Report& report);
  /// After the last entry: texts that are gone, and texts that no entry commits to.
  void finish(Report& report);

 private:
  using Place = std::pair<std::int64_t, std::string>;  ///< index of the entry, field
  store::sqlite::Connection& connection_;
  journal::HashAlgorithm with_;
  std::set<Place> committed_, missing_, erased_;

  void note_erasure(JournalEntry const& entry);
};

}  // namespace xiaohao::audit
