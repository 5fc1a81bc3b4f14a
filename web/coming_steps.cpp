#include "web/coming_steps.hpp"

#include <algorithm>
#include <set>

#include "engine/past.hpp"
#include "web/work.hpp"

namespace xiaohao::web {

std::vector<ComingStep> coming_steps(Application& application, store::Reader const& reader,
                                     WorkItem const& item, std::size_t limit) {
  std::vector<ComingStep> steps;
  for (Timer const& timer : reader.timers_of(item.id()))
    if (timer.kind == "after") steps.push_back({timer.due, "", timer.key, {}});

  auto const& escalation = application.engine.rules().escalation;
  auto const organisation = application.boards.organisation();
  auto const board = application.boards.current(item.definition.plan);
  std::vector<UnitId> const leads = board ? leads_of(*board, item) : std::vector<UnitId>{};
  Instant after = application.engine.now();
  for (std::size_t step = 0; escalation && step < limit; ++step) {
    auto const next = escalation->next_step(item, after);
    if (!next) break;
    after = next->at;
    std::vector<Silence> const silences = reader.silences_at(next->at);
    std::vector<Absence> const absences = reader.absences_at(next->at);
    auto const notices = [&] {
      store::NoticeFilter filter;
      filter.item = item.id();
      return reader.notices(filter);
    };
    auto const history = [&] { return stood(reader.history(item.id()), item, application.engine.rules()); };
    decision::Surroundings const surroundings{*organisation, leads,     next->at, notices,
                                              history,       &silences, &absences};
    if (!escalation->applies(item, next->name, next->at, surroundings)) continue;
    ComingStep coming{next->at, next->name, "", {}};
    std::set<Username> recipients;
    for (Notice const& notice : escalation->notices_of_step(item, next->name, next->at, surroundings)) {
      coming.kind = notice.step;
      if (notice.state != NoticeState::Withheld) recipients.insert(notice.recipient);
    }
    coming.recipients.assign(recipients.begin(), recipients.end());
    steps.push_back(std::move(coming));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](ComingStep const& left, ComingStep const& right) { return left.at < right.at; });
  if (steps.size() > limit) steps.resize(limit);
  return steps;
}

}  // namespace xiaohao::web
