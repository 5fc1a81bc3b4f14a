#include "engine/domain/entry_types.hpp"

#include <algorithm>
#include <array>

#include "engine/domain/command.hpp"

namespace xiaohao {

bool only_tells(std::string_view type) {
  static constexpr std::array types = std::to_array<std::string_view>({"plan.created",
                                                                       "organisation.changed",
                                                                       "rules.changed",
                                                                       "journal.key",
                                                                       "journal.sealed",
                                                                       "escalation.step",
                                                                       "silence.set",
                                                                       "silence.ended",
                                                                       "document.signed",
                                                                       "absence.set",
                                                                       "absence.ended",
                                                                       "lifecycle.migrated",
                                                                       erasure_event,
                                                                       "unit.created",
                                                                       "unit.changed",
                                                                       "participant.created",
                                                                       "participant.changed",
                                                                       "work.handed_over",
                                                                       "account.created",
                                                                       "account.invited",
                                                                       "account.password_changed",
                                                                       "account.disabled",
                                                                       "account.enabled",
                                                                       "account.demonstration",
                                                                       "account.codes_set_up",
                                                                       "account.codes_removed",
                                                                       "account.calendar_made",
                                                                       "account.calendar_removed",
                                                                       "token.created",
                                                                       "token.revoked"});
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace xiaohao
