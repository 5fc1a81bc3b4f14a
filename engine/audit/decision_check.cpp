#include "engine/audit/decision_check.hpp"

#include <algorithm>
#include <stdexcept>

namespace xiaohao::audit {

Decisions::Decisions(decision::Rules const& rules) : replay_(rules, nobody_, replay::Against::Lifecycle) {}

void Decisions::see(JournalEntry const& entry) {
  try {
    replay_.take(entry);
  } catch (std::exception const&) {  // it cannot be played at all, which `Replay` reports
  }
}

void Decisions::note(Report& report) const {
  auto const& differences = replay_.differences();
  for (std::size_t at = 0; at < std::min(differences.size(), notes_max); ++at) {
    replay::Difference const& difference = differences[at];
    std::string const index = std::to_string(difference.index);
    report.notes.push_back(
        {"日志第 " + index + " 条不是其生命周期所允许的决定：" + difference.detail.zh,
         "entry " + index + " is no decision that its lifecycle allows: " + difference.detail.en});
  }
  if (differences.size() > notes_max)
    report.notes.push_back({"此类条目共 " + std::to_string(differences.size()) + " 条",
                            std::to_string(differences.size()) + " entries are like that"});
}

}  // namespace xiaohao::audit
