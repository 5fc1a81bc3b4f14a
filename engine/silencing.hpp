#pragma once

// Setting and ending silences and absences: who may, what is well formed, and the entry in the journal. Each
// runs inside one work of the store, and writes nothing when it refuses.

#include "engine/decision/rules.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// Who asks, and by which rules and people it is judged.
struct Asking {
  Username who;
  Instant now;
  decision::Rules const& rules;
  Organisation const& organisation;
  std::optional<Instant> recorded_at = {};  ///< when it is written, if it counts from an earlier `now`

  Instant written_at() const { return recorded_at.value_or(now); }
};

/// Writes `wish` (its id, `from` and `set_by` do not count). Those whom the permission table
/// lets send `silence`. Refuses Malformed: no reason, an end that is past
/// or more than a year away, neither item nor unit nor person, or one that does not exist.
Result<Silence> set_silence(store::Transaction& transaction, Silence wish, Asking const& asking);
/// Ends a running one early. NotPossible when it has ended.
Result<Silence> end_silence(store::Transaction& transaction, std::int64_t id, Asking const& asking);

/// Writes `wish`. Everybody for himself; for others by the permission table, event `absence`. Refuses
/// Malformed: a substitute who is nobody, the same person, an administrator, or an inspector whom an owner
/// names; days that are past or more than a year apart.
Result<Absence> set_absence(store::Transaction& transaction, Absence wish, Asking const& asking);
Result<Absence> end_absence(store::Transaction& transaction, std::int64_t id, Asking const& asking);

}  // namespace xiaohao
