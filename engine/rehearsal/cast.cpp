#include "engine/rehearsal/cast.hpp"

#include <algorithm>
#include <array>

#include "engine/rehearsal/random.hpp"

namespace xiaohao::rehearsal {
namespace {

struct Known {
  char const* event;
  Act::What what;
};

/// What a lifecycle may wait for, the foremost first.
constexpr std::array<Known, 6> known_events{{{"accept", Act::What::Accept},
                                             {"closeout.apply", Act::What::Apply},
                                             {"complete", Act::What::Apply},
                                             {"closeout.approve", Act::What::Decide},
                                             {"closeout.verify", Act::What::Decide},
                                             {"confirm", Act::What::Decide}}};

constexpr std::chrono::minutes opening{9 * 60};
constexpr int minutes_of_work = 8 * 60;
constexpr std::chrono::hours at_the_earliest{1};  ///< after what happened before

Act::What what_of(std::string const& event) {
  return std::find_if(known_events.begin(), known_events.end(),
                      [&](Known const& known) { return event == known.event; })
      ->what;
}

/// The same in every rehearsal of the same plan, whatever else is in it.
std::string name_of(ItemDefinition const& item) {
  return std::to_string(item.number) + "/" + std::string(to_string(item.kind)) + "/" +
         (item.unit ? item.unit->value() : std::string()) + "/" + item.title + "/" + item.schedule.phrase +
         "/" + (item.schedule.due ? to_string(*item.schedule.due) : std::string());
}

int draw(Chance& chance, Span span) { return chance.between(span.min, span.max); }

}  // namespace

std::string returning(std::string const& event) {
  if (event == "closeout.approve") return "closeout.return";
  if (event == "closeout.verify") return "closeout.reject";
  return "return";
}

std::string const& Cast::expected_event(ItemStatus const& status) {
  auto const [found, fresh] = expected_.try_emplace({status.lifecycle, status.stage});
  statechart::Definition const* const lifecycle = rules_.lifecycle(status.lifecycle);
  if (!fresh || !lifecycle) return found->second;
  for (Known const& known : known_events)
    for (statechart::State const& state : lifecycle->states())
      if (state.key == status.stage && found->second.empty() &&
          std::any_of(state.on.begin(), state.on.end(), [&](statechart::Transition const& transition) {
            return transition.event == known.event;
          }))
        found->second = known.event;
  return found->second;
}

/// A moment in the office hours of `date`.
Instant Cast::within(Date date, Chance& chance) const {
  return at_local_time(date, opening + std::chrono::minutes{chance.between(0, minutes_of_work)});
}

Cast::Intentions const& Cast::intentions_of(WorkItem const& item, Instant now) {
  auto const [found, fresh] = intentions_.try_emplace(item.id());
  Intentions& intentions = found->second;
  if (!fresh) return intentions;
  Conduct const& conduct = scenario_.conduct_for(item.definition);
  Chance chance(seed_, name_of(item.definition));
  calendar::BusinessCalendar const& calendar = rules_.calendar;
  Date const today = local_date(now);
  Date const start = std::max(item.definition.schedule.start.value_or(today), today);
  intentions.accepts = chance.happens(conduct.accepts_percent);
  intentions.accept_at =
      within(calendar.add_working_days(start, draw(chance, conduct.accept_working_days)), chance);
  bool const late = chance.happens(conduct.late_percent);
  int const late_days = draw(chance, conduct.late_days);
  int const early_days = draw(chance, conduct.early_days);
  intentions.applies = !chance.happens(conduct.never_applies_percent);
  if (!item.status.due) return intentions;
  Date day = late ? calendar.roll_forward(add_days(*item.status.due, late_days))
                  : add_days(*item.status.due, -early_days);
  while (!late && !calendar.is_working_day(day)) day = add_days(day, -1);
  // What should have been done already is done as late from today as it would have been from its due date.
  if (day < today) day = calendar.roll_forward(add_days(today, late_days));
  intentions.apply_at = within(day, chance);
  return intentions;
}

std::optional<Act> Cast::act_of_owner(WorkItem const& item, Act act, Conduct const& conduct, Instant now) {
  Intentions const& intentions = intentions_of(item, now);
  std::optional<Instant> apply_at = intentions.applies ? intentions.apply_at : std::nullopt;
  if (item.status.returns > 0) {
    Chance again(seed_, name_of(item.definition) + "/again/" + std::to_string(item.status.returns));
    apply_at = within(
        rules_.calendar.add_working_days(local_date(now), draw(again, conduct.again_working_days)), again);
  }
  if (apply_at) apply_at = std::max(*apply_at, now + at_the_earliest);
  if (conduct.report_every_days > 0 && item.status.returns == 0) {
    Instant const last = item.status.last_report_at.value_or(item.status.accepted_at.value_or(now));
    Instant const report_at =
        std::max(last + std::chrono::days{conduct.report_every_days}, now + at_the_earliest);
    if (!apply_at || report_at < *apply_at) {
      act.at = report_at;
      act.what = Act::What::Report;
      act.event = "report";
      return act;
    }
  }
  if (!apply_at) return std::nullopt;
  act.at = *apply_at;
  return act;
}

std::optional<Act> Cast::next_act(WorkItem const& item, Instant now) {
  if (!item.status.open() || !item.definition.unit) return std::nullopt;
  std::string const& event = expected_event(item.status);
  if (event.empty()) return std::nullopt;
  Conduct const& conduct = scenario_.conduct_for(item.definition);
  Act act{now, item.id(), item.status.version, what_of(event), event};
  switch (act.what) {
    case Act::What::Accept: {
      Intentions const& intentions = intentions_of(item, now);
      if (!intentions.accepts) return std::nullopt;
      act.at = std::max(intentions.accept_at, now + at_the_earliest);
      return act;
    }
    case Act::What::Report:
    case Act::What::Apply:
      return act_of_owner(item, std::move(act), conduct, now);
    case Act::What::Decide:
      break;
  }
  Chance chance(seed_, name_of(item.definition) + "/" + event + "/" + std::to_string(item.status.returns));
  act.returns = chance.happens(conduct.returned_percent);
  Date const day =
      rules_.calendar.add_working_days(local_date(now), draw(chance, conduct.review_working_days));
  act.at = std::max(within(day, chance), now + at_the_earliest);
  return act;
}

std::vector<Participant const*> Cast::able(WorkItem const& item, std::string const& event) const {
  std::vector<UnitId> leads;
  if (item.definition.parent && item.definition.role == UnitRole::Support)
    for (ItemId const id : stage_.children_of(*item.definition.parent)) {
      WorkItem const& sibling = stage_.known_item(id);
      if (sibling.definition.kind == ItemKind::Assignment && !sibling.status.cancelled &&
          sibling.definition.role == UnitRole::Lead && sibling.definition.unit)
        leads.push_back(*sibling.definition.unit);
    }
  std::vector<Participant const*> able;
  std::size_t own = 0;
  for (auto const& [username, participant] : stage_.people().participants) {
    if (!rules_.permissions.may_send(participant, event, {item, leads})) continue;
    bool const of_unit = participant.unit && participant.unit == item.definition.unit;
    able.insert(of_unit ? able.begin() + static_cast<std::ptrdiff_t>(own++) : able.end(), &participant);
  }
  return able;
}

}  // namespace xiaohao::rehearsal
