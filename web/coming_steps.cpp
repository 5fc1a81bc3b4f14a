#include "web/coming_steps.hpp"

#include <algorithm>

#include "engine/decision/coming_steps.hpp"
#include "engine/past.hpp"
#include "web/work.hpp"

namespace xiaohao::web {
namespace {

/// Of silences and of absences: the latest are looked at.
constexpr int silences_max = 1000;

}  // namespace

std::vector<ComingStep> coming_steps(Application& application, store::Reader const& reader,
                                     WorkItem const& item, std::size_t limit) {
  return coming_steps(application, reader, item, limit, application.engine.rules());
}

std::vector<ComingStep> coming_steps(Application& application, store::Reader const& reader,
                                     WorkItem const& item, std::size_t limit, decision::Rules const& rules) {
  std::vector<ComingStep> steps;
  for (Timer const& timer : reader.timers_of(item.id()))
    if (timer.kind == "after") steps.push_back({timer.due, "", timer.key, {}});

  auto const& escalation = rules.escalation;
  auto const organisation = application.boards.organisation();
  auto const board = application.boards.current(item.definition.plan);
  std::vector<UnitId> const leads = board ? leads_of(*board, item) : std::vector<UnitId>{};
  if (escalation) {
    auto const notices = [&] {
      store::NoticeFilter filter;
      filter.item = item.id();
      return reader.notices(filter);
    };
    auto const history = [&] { return stood(reader.entries_of(item.id()), item, rules); };
    std::vector<Silence> const silences = reader.silences(silences_max);
    std::vector<Absence> const absences = reader.absences(silences_max);
    Instant const now = application.engine.now();
    decision::Surroundings const surroundings{*organisation, leads,     now,      notices,
                                              history,       &silences, &absences};
    for (decision::FutureStep& step : decision::coming_steps(*escalation, item, now, surroundings, limit))
      steps.push_back({step.at, std::move(step.kind), "", std::move(step.recipients)});
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](ComingStep const& left, ComingStep const& right) { return left.at < right.at; });
  if (steps.size() > limit) steps.resize(limit);
  return steps;
}

}  // namespace xiaohao::web
