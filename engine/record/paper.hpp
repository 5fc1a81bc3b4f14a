#pragma once

// What the printed record carries in its QR code, and how a file is held against the paper: the digest of
// what was decided, and the signed head. `docs/record-format.md` has every line.

#include <string>
#include <string_view>

#include "engine/record/closeout_record.hpp"

namespace xiaohao::record {

/// H over the leaf hashes of the events, in order: the same for every file that tells these events, whatever
/// head it rests on and however it is laid out.
journal::Hash digest_of(CloseOutRecord const& record);

/// The first line of what the QR code holds.
inline constexpr std::string_view paper_title = "xiaohao-record-paper/1";

struct Paper {
  journal::Hash digest;
  journal::SignedHead head;
};

std::string paper_text(CloseOutRecord const& record);
/// Malformed unless it is such a text; line ends as in `journal::signed_note_from`.
Result<Paper> paper_from(std::string_view text);

/// Whether `record`, which holds, is what the paper was printed of. GuardFailed names what differs: other
/// events, or a head that none of the record's keys signed.
Result<void> agrees(Paper const& paper, CloseOutRecord const& record);

}  // namespace xiaohao::record
