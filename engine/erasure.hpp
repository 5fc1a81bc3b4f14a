#pragma once

// Erasing what people wrote about an item in their own words, because the law asks for it (个人信息保护法
// §47). The journal's entries and all proofs stay as they are; who had it erased, and why, is one entry more.

#include "engine/silencing.hpp"

namespace xiaohao {

struct Erasure {
  ItemId item;
  std::int64_t entry = 0;  ///< index of the journal entry
  std::string field;       ///< of its payload: `note`, `summary`, `reason`, `text`, `name`
  std::string reason;
};

/// Erases the text, and the same text wherever the item's entries repeat it in that field. Returns the entry
/// that tells so. Refuses: NotFound, there is no such item; Forbidden by the permission table, event
/// `text.erase`; Malformed: no reason, an entry that is not the item's, or a field that commits to no text;
/// NotPossible: it is erased already.
Result<JournalEntry> erase_text(store::Transaction& transaction, Erasure const& wish, Asking const& asking);

}  // namespace xiaohao
