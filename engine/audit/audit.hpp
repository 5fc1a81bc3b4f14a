#pragma once

// `xiaohao verify`: everything that a database holds, recomputed.
//
//     Result<Report> report = audit("county.db", {"county.db.evidence", rules, {}});
//     if (report && !report->agrees()) …   // each finding names a row, a file or the history
//
// 1. schema_check: the tables are those that the migrations make.
// 2. tree_check: every entry is what its leaf hash says, every node what its children make, the root what was
// sealed.
// 3. register_check: the register of rows is the one that was sealed, and every row is as it says.
// 4. head_check: keys, seal, kept heads, `PATH.seal`, `PATH.heads` and heads from elsewhere agree with the
// journal.
// 5. replay_check: items, their status, evidence and counters are what the journal's entries make of them.
// 6. decision_check: every decision is one that the lifecycle of its item allows, or a note says which is
// not.
// 7. evidence_check: every file has the hash it is named by.
//
// Reads one snapshot through a connection that cannot write, takes no lock that a server needs, and leaves no
// trace.

#include <string>
#include <vector>

#include "engine/audit/report.hpp"
#include "engine/decision/rules.hpp"
#include "engine/journal/head.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::audit {

struct Means {
  std::string evidence_directory;
  decision::Rules const& rules;
  std::vector<journal::SignedHead>
      known_heads;  ///< kept elsewhere: whatever they say, the journal must continue
};

/// Refuses: NotFound when there is no file; Malformed when it is no database of this product, or of another
/// version. A damaged one is not refused: the report says what cannot be read.
Result<Report> audit(std::string const& path, Means const& means);

}  // namespace xiaohao::audit
