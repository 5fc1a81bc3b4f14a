#include "engine/decision/coming_steps.hpp"

#include <set>

namespace xiaohao::decision {

std::vector<FutureStep> coming_steps(Escalation const& escalation, WorkItem const& item, Instant after,
                                     Surroundings const& surroundings, std::size_t limit) {
  std::vector<FutureStep> steps;
  while (steps.size() < limit) {
    auto const next = escalation.next_step(item, after);
    if (!next) break;
    after = next->at;
    Surroundings const then{surroundings.organisation, surroundings.leads, next->at, surroundings.notices};
    FutureStep step{next->name, "", next->at, {}};
    std::set<Username> recipients;
    for (Notice const& notice : escalation.notices_of_step(item, next->name, next->at, then)) {
      step.kind = notice.step;
      if (notice.state != NoticeState::Withheld) recipients.insert(notice.recipient);
    }
    step.recipients.assign(recipients.begin(), recipients.end());
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace xiaohao::decision
