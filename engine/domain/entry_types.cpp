#include "engine/domain/entry_types.hpp"

#include <algorithm>
#include <iterator>

#include "engine/domain/command.hpp"

namespace xiaohao {

bool only_tells(std::string_view type) {
  static constexpr std::string_view types[] = {
      "plan.created", "organisation.changed", "rules.changed", "journal.key", "journal.sealed",
      "escalation.step", "silence.set", "silence.ended", "document.signed", "absence.set", "absence.ended",
      "lifecycle.migrated", "reinspection.drawn", erasure_event,
      // findings
      "finding.registered", "finding.grouped", "finding.pushed", "finding.relapsed",
      // who is who, and whose work is whose
      "unit.created", "unit.changed", "group.created", "group.changed", "participant.created",
      "participant.changed", "work.handed_over",
      // accounts
      "account.created", "account.invited", "account.password_changed", "account.disabled", "account.enabled",
      "account.demonstration", "account.codes_set_up", "account.codes_removed", "account.calendar_made",
      "account.calendar_removed", "token.created", "token.revoked"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

}  // namespace xiaohao
