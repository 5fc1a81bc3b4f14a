#include "notifications/ladder.hpp"

#include <algorithm>

#include "notifications/copies.hpp"
#include "notifications/values.hpp"

namespace xiaohao::notifications {
namespace {

bool has_ladder(WorkItem const& item) {
  return item.status.due && item.status.open() && !item.status.applied_at;
}

bool stops(Step const& step, Stop stop) {
  return std::find(step.stops.begin(), step.stops.end(), stop) != step.stops.end();
}

/// The part of a key that steps of the same item and due date share.
std::string ladder_key(WorkItem const& item) {
  return "item/" + std::to_string(item.id().value()) + "/" + to_string(*item.status.due) + "/";
}

/// The part that all notices of one step share. Steps over history are marked: they are papers of their own,
/// which no rung of the ladder says as well.
std::string step_key(WorkItem const& item, Step const& step) {
  return ladder_key(item) + (step.watch ? "bulletin:" : "") + step.id + "/";
}

/// The item as the planner is told it stood; as it stands, when nobody tells.
bool is_silenced(WorkItem const& item, Participant const& recipient, std::string_view kind,
                 decision::Surroundings const& surroundings) {
  return surroundings.silences &&
         std::any_of(surroundings.silences->begin(), surroundings.silences->end(),
                     [&](Silence const& silence) { return silence.covers(item, recipient.username, kind); });
}

}  // namespace

std::vector<Ladder::Moment> Ladder::moments_of(WorkItem const& item) const {
  std::vector<Moment> moments;
  LadderSteps const* const ladder = policy_.ladder_of(item);
  if (!ladder || !item.status.due) return moments;
  for (Step const& step : ladder->steps)
    if (!step.watch) moments.push_back({&step, moment_of(step, *item.status.due, policy_.quiet, calendar_)});
  std::stable_sort(moments.begin(), moments.end(),
                   [](Moment const& a, Moment const& b) { return a.at < b.at; });
  // Of steps on the same instant the highest stays: it says all that the lower ones would.
  std::vector<Moment> highest;
  for (Moment const& moment : moments) {
    if (!highest.empty() && highest.back().at == moment.at)
      highest.back() = moment;
    else
      highest.push_back(moment);
  }
  return highest;
}

std::optional<decision::PlannedStep> Ladder::next_step(WorkItem const& item, Instant after) const {
  if (!has_ladder(item)) return std::nullopt;
  std::optional<decision::PlannedStep> next;
  for (auto const& moments : {moments_of(item), watches_of(item)})
    for (Moment const& moment : moments)
      if (moment.at > after && (!next || moment.at < next->at))
        next = decision::PlannedStep{moment.step->id, moment.at};
  return next;
}

std::vector<Ladder::Moment> Ladder::watches_of(WorkItem const& item) const {
  std::vector<Moment> moments;
  LadderSteps const* const ladder = policy_.ladder_of(item);
  if (!ladder || !item.status.due) return moments;
  for (Step const& step : ladder->steps)
    if (step.watch)
      for (Instant const at : watched_bulletins(*step.watch, item, policy_.bulletins, calendar_))
        moments.push_back({&step, at});
  return moments;
}

Step const* Ladder::step_named(WorkItem const& item, std::string_view name) const {
  LadderSteps const* const ladder = policy_.ladder_of(item);
  if (!ladder) return nullptr;
  auto const step = std::find_if(ladder->steps.begin(), ladder->steps.end(),
                                 [&](Step const& candidate) { return candidate.id == name; });
  return step == ladder->steps.end() ? nullptr : &*step;
}

bool Ladder::is_met(Step const& step, WorkItem const& item, Instant at,
                    decision::Surroundings const& surroundings) const {
  if (!met(*step.watch, item, at, surroundings, policy_.bulletins, lights())) return false;
  std::string const key = step_key(item, step);
  std::vector<Notice> const told = surroundings.notices ? surroundings.notices() : std::vector<Notice>{};
  return std::none_of(told.begin(), told.end(),
                      [&](Notice const& notice) { return notice.key.starts_with(key); });
}

bool Ladder::applies(WorkItem const& item, std::string const& name, Instant at,
                     decision::Surroundings const& surroundings) const {
  Step const* const step = step_named(item, name);
  return !step || !step->watch || is_met(*step, item, at, surroundings);
}

std::string Ladder::withheld(Step const& step, WorkItem const& item, Instant at, Participant const& recipient,
                             decision::Surroundings const& surroundings) const {
  Instant const now = surroundings.now;
  auto const moments = moments_of(item);
  if (step.misfire == Misfire::Skip && now - at > std::chrono::days{1}) return "late";
  if (step.misfire == Misfire::Fold && std::any_of(moments.begin(), moments.end(), [&](Moment const& moment) {
        return moment.at > at && moment.at <= now;
      }))
    return "folded";
  if (is_silenced(item, recipient, step.kind, surroundings)) return "silenced";
  if (stops(step, Stop::Reported) && item.status.last_report_at) {
    std::optional<Instant> before;
    for (Moment const& moment : moments)
      if (moment.at < at) before = moment.at;
    if (before && *item.status.last_report_at >= *before) return "reported";
  }
  if (stops(step, Stop::Acknowledged) && surroundings.notices) {
    std::string const key = ladder_key(item);
    for (Notice const& notice : surroundings.notices()) {
      bool const his = step.acknowledge == Acknowledge::One || notice.recipient == recipient.username;
      if (his && notice.acknowledged_at && notice.step == step.kind && notice.key.starts_with(key))
        return "acknowledged";
    }
  }
  if (stops(step, Stop::ExtensionPending) && item.status.requested_due) return "extension_pending";
  return holds(step.only_if, item, std::max(at, now), lights()) ? "" : "condition";
}

std::vector<Notice> Ladder::notices_of_step(WorkItem const& item, std::string const& name, Instant at,
                                            decision::Surroundings const& surroundings) const {
  std::vector<Notice> notices;
  if (!has_ladder(item)) return notices;
  Step const* const step = step_named(item, name);
  if (!step) return notices;  // a policy that was changed no longer has it
  decide_step(notices, *step, item, at, surroundings);
  for (Moment const& watched : watches_of(item))  // a rule over history may be met at the same instant
    if (watched.at == at && watched.step != step && is_met(*watched.step, item, at, surroundings))
      decide_step(notices, *watched.step, item, at, surroundings);
  return notices;
}

void Ladder::decide_step(std::vector<Notice>& notices, Step const& step, WorkItem const& item, Instant at,
                         decision::Surroundings const& surroundings) const {
  Instant const now = std::max(at, surroundings.now);
  Copies const copies{item.id(),
                      item.definition.unit.has_value(),
                      step_key(item, step),
                      step.kind,
                      policy_.texts.find(step.text)->second,
                      step.channels,
                      step.pace,
                      at,
                      now};
  Recipients const recipients = recipients_of(step.to, step.copy, policy_.climb, item, surroundings);
  Values const values = values_of(item, surroundings.organisation, now);
  std::vector<std::string> reasons;
  for (Participant const* recipient : recipients.people) {
    reasons.push_back(withheld(step, item, at, *recipient, surroundings));
    add_copies(notices, copies, *recipient, values,
               {recipients.climbed, standing_in(recipients, *recipient), lateness(at, now)}, reasons.back(),
               policy_.quiet, calendar_);
  }
  // A group is told as long as anybody is: when each has a reason not to be, there is nothing to say to all.
  bool const somebody = std::find(reasons.begin(), reasons.end(), "") != reasons.end();
  add_group_copies(notices, copies, values, {recipients.climbed, lateness(at, now)},
                   somebody || reasons.empty() ? "" : reasons.front(), policy_.quiet, calendar_);
}

std::vector<Notice> Ladder::notices_of_occasion(WorkItem const& item, decision::Occasion const& occasion,
                                                Instant at, std::int64_t journal_index,
                                                decision::Surroundings const& surroundings) const {
  std::vector<Notice> notices;
  OccasionRule const& rule = policy_.occasion(occasion.name);
  // An audience that this version does not know goes to those who run the plan, rather than to nobody.
  Audience const audience = audience_named(occasion.audience).value_or(Audience::Coordinator);
  Instant const now = std::max(at, surroundings.now);
  Copies const copies{item.id(),
                      item.definition.unit.has_value(),
                      "item/" + std::to_string(item.id().value()) + "/event/" +
                          std::to_string(journal_index) + "/" + occasion.name + "/",
                      occasion.name,
                      policy_.texts.find(rule.text)->second,
                      rule.channels,
                      rule.pace,
                      at,
                      now};
  Recipients const recipients = recipients_of({audience}, {}, policy_.climb, item, surroundings);
  Values values = values_of(item, surroundings.organisation, now);
  Participant const* const actor = surroundings.organisation.participant(occasion.actor);
  values["actor"] = actor ? Text{actor->name, actor->name} : Text{"系统", "the system"};
  values["words"] = {occasion.text, occasion.text};
  for (Participant const* recipient : recipients.people)
    if (recipient != actor)
      add_copies(notices, copies, *recipient, values,
                 {recipients.climbed, standing_in(recipients, *recipient), lateness(at, now)}, "",
                 policy_.quiet, calendar_);
  add_group_copies(notices, copies, values, {recipients.climbed, lateness(at, now)}, "", policy_.quiet,
                   calendar_);
  return notices;
}

Instant Ladder::waits_until(Notice const& notice, Instant from) const {
  if (notice.pace != "morning" && notice.pace != "prompt") return from;
  bool const missed = notice.pace == "morning" && notice.delivery.empty() &&
                      local_date(notice.planned_for) < local_date(from);
  return missed ? caught_up(from, policy_.quiet, calendar_) : out_of_quiet(from, policy_.quiet, calendar_);
}

}  // namespace xiaohao::notifications
