#pragma once

// The texts that a record's events commit to (`docs/record-format.md` §2, "Texts").

#include <vector>

#include "engine/record/closeout_record.hpp"

namespace xiaohao::record {

/// The events as they were written: each with the texts of the record put back into its payload; one that is
/// not there stays absent. Checks nothing.
std::vector<Json> told_events(CloseOutRecord const& record);

/// What is wrong between texts and commitments: a text that no event commits to, or another than it commits
/// to; one that is missing although nothing tells that it was erased. Empty: nothing.
std::vector<Fault> faults_of_texts(CloseOutRecord const& record);

}  // namespace xiaohao::record
