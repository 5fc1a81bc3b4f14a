#include "engine/domain/entry_types.hpp"

#include <algorithm>
#include <array>

#include "engine/domain/command.hpp"

namespace xiaohao {

bool only_tells(std::string_view type) {
  static constexpr std::array<std::string_view, 18> types{
      "plan.created",     "organisation.changed", "rules.changed",      "journal.key",     "journal.sealed",
      "escalation.step",  "silence.set",          "silence.ended",      "document.signed", "absence.set",
      "absence.ended",    "lifecycle.migrated",   "finding.registered", "finding.grouped", "finding.pushed",
      "finding.relapsed", "reinspection.drawn",   erasure_event};
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace xiaohao
