#include "notifications/ladder.hpp"

#include <algorithm>

#include "notifications/moments.hpp"
#include "notifications/recipients.hpp"
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

void append(Text& body, Text const& sentence) {
  if (sentence.zh.empty()) return;
  body.zh += "\n" + sentence.zh;
  body.en += "\n" + sentence.en;
}

/// Said in a message that comes later than it should have.
Text lateness(Instant at, Instant now) {
  Date const planned = local_date(at);
  if (local_date(now) <= planned) return {};
  return {"（本通知应于" + chinese_date(planned) + "发出，系统停用后补发。）",
          "(This was to be sent on " + to_string(planned) + "; the system was not running then.)"};
}

/// One recipient's copies of a message, by every channel.
struct Copies {
  WorkItem const& item;
  std::string key;  ///< without recipient and channel
  std::string step;
  Wording const& wording;
  std::vector<std::string> const& channels;
  Instant decided_at;
  Instant disturbs_at;  ///< when channels other than the inbox may go out
};

void add(std::vector<Notice>& notices, Copies const& copies, Participant const& recipient, Values values,
         std::vector<Text> const& sentences, std::string const& withheld) {
  values["recipient"] = {recipient.name, recipient.name};
  for (std::string const& channel : copies.channels) {
    Notice notice;
    notice.key = copies.key + recipient.username.value() + "/" + channel;
    notice.item = copies.item.id();
    notice.recipient = recipient.username;
    notice.channel = channel;
    notice.step = copies.step;
    notice.subject = copies.wording.subject_with(values);
    notice.body = copies.wording.body_with(values);
    for (Text const& sentence : sentences) append(notice.body, sentence);
    notice.decided_at = copies.decided_at;
    notice.planned_for = channel == "inbox" ? copies.decided_at : copies.disturbs_at;
    notice.withheld = withheld;
    if (withheld.empty() && channel == "mail" && recipient.email.empty()) notice.withheld = "no_address";
    if (!notice.withheld.empty()) notice.state = NoticeState::Withheld;
    notices.push_back(std::move(notice));
  }
}

}  // namespace

std::vector<Ladder::Moment> Ladder::moments_of(WorkItem const& item) const {
  std::vector<Moment> moments;
  LadderSteps const* const ladder = policy_.ladder_of(item);
  if (!ladder || !item.status.due) return moments;
  for (Step const& step : ladder->steps)
    moments.push_back({&step, moment_of(step, *item.status.due, policy_.quiet, calendar_)});
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
  for (Moment const& moment : moments_of(item))
    if (moment.at > after) return decision::PlannedStep{moment.step->id, moment.at};
  return std::nullopt;
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
  if (stops(step, Stop::Reported) && item.status.last_report_at) {
    std::optional<Instant> before;
    for (Moment const& moment : moments)
      if (moment.at < at) before = moment.at;
    if (before && *item.status.last_report_at >= *before) return "reported";
  }
  if (stops(step, Stop::Acknowledged)) {
    std::string const key = ladder_key(item);
    for (Notice const& notice : surroundings.notices())
      if (notice.acknowledged_at && notice.recipient == recipient.username && notice.step == step.kind &&
          notice.key.starts_with(key))
        return "acknowledged";
  }
  return {};
}

std::vector<Notice> Ladder::notices_of_step(WorkItem const& item, std::string const& name, Instant at,
                                            decision::Surroundings const& surroundings) const {
  std::vector<Notice> notices;
  LadderSteps const* const ladder = policy_.ladder_of(item);
  if (!ladder || !has_ladder(item)) return notices;
  auto const step = std::find_if(ladder->steps.begin(), ladder->steps.end(),
                                 [&](Step const& candidate) { return candidate.id == name; });
  if (step == ladder->steps.end()) return notices;  // a policy that was changed no longer has it
  Instant const now = std::max(at, surroundings.now);
  Copies const copies{item,
                      ladder_key(item) + step->id + "/",
                      step->kind,
                      policy_.texts.find(step->text)->second,
                      step->channels,
                      at,
                      step->pace == Pace::Urgent ? now : out_of_quiet(now, policy_.quiet, calendar_)};
  Recipients const recipients = recipients_of(step->to, step->copy, policy_.climb, item, surroundings);
  Values const values = values_of(item, surroundings.organisation, now);
  for (Participant const* recipient : recipients.people)
    add(notices, copies, *recipient, values, {recipients.climbed, lateness(at, now)},
        withheld(*step, item, at, *recipient, surroundings));
  return notices;
}

std::vector<Notice> Ladder::notices_of_occasion(WorkItem const& item, decision::Occasion const& occasion,
                                                Instant at, std::int64_t journal_index,
                                                decision::Surroundings const& surroundings) const {
  std::vector<Notice> notices;
  OccasionRule const& rule = policy_.occasion(occasion.name);
  // An audience that this version does not know goes to those who run the plan, rather than to nobody.
  Audience const audience = audience_named(occasion.audience).value_or(Audience::Coordinator);
  Instant const now = std::max(at, surroundings.now);
  Copies const copies{item,
                      "item/" + std::to_string(item.id().value()) + "/event/" +
                          std::to_string(journal_index) + "/" + occasion.name + "/",
                      occasion.name,
                      policy_.texts.find(rule.text)->second,
                      rule.channels,
                      at,
                      paced(now, rule.pace, policy_.quiet, calendar_)};
  Recipients const recipients = recipients_of({audience}, {}, policy_.climb, item, surroundings);
  Values values = values_of(item, surroundings.organisation, now);
  Participant const* const actor = surroundings.organisation.participant(occasion.actor);
  values["actor"] = actor ? Text{actor->name, actor->name} : Text{"系统", "the system"};
  values["words"] = {occasion.text, occasion.text};
  for (Participant const* recipient : recipients.people)
    if (recipient != actor)
      add(notices, copies, *recipient, values, {recipients.climbed, lateness(at, now)}, "");
  return notices;
}

}  // namespace xiaohao::notifications
