#include "engine/decision/coming_steps.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>

namespace xiaohao::decision {
namespace {

/// Of silences or absences, those that run at `at`.
template <class Each>
std::vector<Each> running(std::vector<Each> const* all, Instant at) {
  std::vector<Each> found;
  if (all)
    std::copy_if(all->begin(), all->end(), std::back_inserter(found),
                 [&](Each const& each) { return each.runs(at); });
  return found;
}

/// `ask`, which costs a query, asked at most once for all steps.
template <class Answer>
std::function<Answer()> once(std::function<Answer()> const& ask) {
  if (!ask) return {};
  return [&ask, known = std::make_shared<std::optional<Answer>>()] {
    if (!*known) *known = ask();
    return **known;
  };
}

}  // namespace

std::vector<FutureStep> coming_steps(Escalation const& escalation, WorkItem const& item, Instant after,
                                     Surroundings const& surroundings, std::size_t limit) {
  std::vector<FutureStep> steps;
  auto const notices = once(surroundings.notices);
  auto const history = once(surroundings.history);
  std::optional<std::set<std::string>> told;
  auto const is_told = [&](Notice const& notice) {
    if (!told) {
      told.emplace();
      if (notices)
        for (Notice const& known : notices()) told->insert(known.key);
    }
    return told->contains(notice.key);
  };
  while (steps.size() < limit) {
    auto const next = escalation.next_step(item, after);
    if (!next) break;
    after = next->at;
    auto const silences = running(surroundings.silences, next->at);
    auto const absences = running(surroundings.absences, next->at);
    Surroundings const then{
        surroundings.organisation, surroundings.leads, next->at, notices, history, &silences, &absences};
    if (!escalation.applies(item, next->name, next->at, then)) continue;
    FutureStep step{next->name, "", next->at, {}};
    std::set<Username> recipients;
    for (Notice const& notice : escalation.notices_of_step(item, next->name, next->at, then)) {
      step.kind = notice.step;
      if (notice.state != NoticeState::Withheld && !is_told(notice)) recipients.insert(notice.recipient);
    }
    step.recipients.assign(recipients.begin(), recipients.end());
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace xiaohao::decision
