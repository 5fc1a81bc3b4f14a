#pragma once

// A close-out record: one JSON document that says what was decided about an item, by whom and when, and
// proves it without the server. `docs/record-format.md` has every field; contracts.md the outline.

#include <string>
#include <string_view>
#include <vector>

#include "engine/journal/commitment.hpp"
#include "engine/journal/head.hpp"
#include "engine/record/story.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::record {

inline constexpr char const* record_format = "xiaohao-closeout-record/1";
/// Beyond any item's history, and read in a second.
inline constexpr std::size_t record_bytes_max = 64 << 20;
inline constexpr std::int64_t integer_max =
    (std::int64_t{1} << 53) - 1;  ///< what every JSON reader keeps exactly

struct RecordedEntry {
  std::int64_t index = 0;
  std::string leaf;  ///< the exact bytes that were hashed
  Json entry;        ///< the same, read
};

struct Inclusion {
  std::int64_t index = 0;
  std::vector<journal::Hash> path;
};

struct CloseOutRecord {
  Json plan;
  Json item;
  std::vector<RecordedEntry> events;  ///< `plan.created`, `item.created`, and all that happened to the item
  std::vector<journal::CommittedText> texts;  ///< that the events commit to and that were not erased
  Json evidence;
  std::vector<RecordedEntry> keys;  ///< the entries that name the journal's keys, up to the one that signs
  journal::SignedHead tree_head;
  std::vector<Inclusion> inclusion;  ///< for every entry above, by index
};

/// The record of `item` as `reader` sees it. The head is the first that was kept after the item's last event,
/// so that a record is the same bytes until something more happens; `key` signs one where none was kept.
/// Refuses: NotFound; NotPossible while the item is not closed; Unavailable when nothing can be signed.
Result<CloseOutRecord> record_of(store::Reader const& reader, ItemId item, journal::SigningKey const* key);

std::string to_json(CloseOutRecord const& record);

/// Reads strictly: whatever is missing, added, doubled or in another form than the one form is Malformed.
/// Says nothing of whether the record holds.
Result<CloseOutRecord> read_record(std::string_view text);

/// Reads one JSON document in which every number is an integer that every reader keeps exactly.
Result<Json> read_exact(std::string_view text);

}  // namespace xiaohao::record
