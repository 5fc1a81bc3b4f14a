#pragma once

// Drafting and signing of papers. A draft is what the ladder's steps have put forward since the last paper of
// its kind; nothing of it is stored. Signing freezes it, gives it the next number, tells those it goes to,
// and is one entry in the journal: all in one work of the store.
//
// The content of a document:
//     {"plan": title, "items": [{"item", "number", "title", "unit", "due", "original_due", "progress" (basis
//     points),
//      "days_late", "step", "times" (such steps so far)}…], "counts": {"shares", "closed", "late"}, "copy":
//      user name or null, "demands", "reply_by": date or null, "meeting": text, "contact": text}

#include "engine/domain/formal_document.hpp"
#include "engine/silencing.hpp"

namespace xiaohao {

inline constexpr char const* signing_event = "document.signed";

/// What a step of this name is put forward for: `supervise` and `special_letter` an order, `circulate` the
/// bulletin, `summon` a summons; nothing for others.
std::optional<DocumentKind> document_of_step(std::string_view step);

/// The drafts that wait for a signature at `now`: at most one for each kind and unit, whatever the number of
/// items; the most urgent kind first, then by unit. An item that is applied for, closed or cancelled has left
/// its draft.
std::vector<FormalDocument> drafts(store::Reader const& reader, Instant now);

/// What the signer adds to a draft.
struct Signature {
  DocumentKind kind = DocumentKind::Order;
  std::optional<UnitId> unit;
  std::string demands;
  std::optional<Date> reply_by;  ///< of an order; not in the past
  std::string meeting;           ///< of a summons: when and where
  std::string contact;
};

/// Refuses: Forbidden by the permission table, event `document.sign`; Malformed: no demands, an order without
/// a day to reply by, a summons without a meeting, or a text beyond 2000 bytes; NotPossible: nothing of this
/// kind waits for this unit.
Result<FormalDocument> sign_document(store::Transaction& transaction, Signature const& wish,
                                     Asking const& asking);

}  // namespace xiaohao
