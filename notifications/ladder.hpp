#pragma once

// The planner: given the policy, an item and what surrounds it, who is told what and when. Pure; the engine
// calls it inside the transaction that decides, and writes the notices to the outbox there.
//
//     rules.escalation = std::make_shared<notifications::Ladder>(policy, rules.calendar);

#include "engine/calendar/business_calendar.hpp"
#include "engine/decision/escalation.hpp"
#include "notifications/conditions.hpp"

namespace xiaohao::notifications {

class Ladder final : public decision::Escalation {
 public:
  Ladder(Policy policy, calendar::BusinessCalendar calendar, decision::LightPolicy lights = {})
      : policy_(std::move(policy)), calendar_(std::move(calendar)), lights_(lights) {}

  /// Of steps that fall on the same instant only the highest counts.
  std::optional<decision::PlannedStep> next_step(WorkItem const& item, Instant after) const override;

  /// False for a step over history whose rule is not met, or that has been taken for this due date.
  bool applies(WorkItem const& item, std::string const& step, Instant at,
               decision::Surroundings const& surroundings) const override;

  /// One notice for each recipient and channel, and one for each channel that speaks to a group; those that
  /// are withheld included: `late`, `folded`, `silenced`, `reported`, `acknowledged`, `extension_pending`,
  /// `condition`, `no_address`. Keys: `item/7/2024-02-29/urge/owner-zhujianju/mail`.
  std::vector<Notice> notices_of_step(WorkItem const& item, std::string const& step, Instant at,
                                      decision::Surroundings const& surroundings) const override;

  /// Keys: `item/7/event/123/returned/owner-zhujianju/mail`, where 123 is the entry of the journal. Whoever
  /// caused the occasion is not told of it.
  std::vector<Notice> notices_of_occasion(WorkItem const& item, decision::Occasion const& occasion,
                                          Instant at, std::int64_t journal_index,
                                          decision::Surroundings const& surroundings) const override;

  /// Keys: `document/3/head-songshizhen/mail`. Channels and pace are those of the occasion `document`.
  std::vector<Notice> notices_of_document(FormalDocument const& document, Organisation const& organisation,
                                          Instant now) const override;

  /// When `notice`, which could go out from `from` on, does: not while people are to be left alone, unless it
  /// is urgent; and what a digest missed not before that day's digest by itself.
  Instant waits_until(Notice const& notice, Instant from) const;

  Policy const& policy() const { return policy_; }

 private:
  struct Moment {
    Step const* step;
    Instant at;
  };
  Policy policy_;
  calendar::BusinessCalendar calendar_;
  decision::LightPolicy lights_;

  Lights lights() const { return {lights_, calendar_}; }
  Step const* step_named(WorkItem const& item, std::string_view name) const;
  std::vector<Moment> watches_of(WorkItem const& item) const;
  bool is_met(Step const& step, WorkItem const& item, Instant at,
              decision::Surroundings const& surroundings) const;
  void decide_step(std::vector<Notice>& notices, Step const& step, WorkItem const& item, Instant at,
                   decision::Surroundings const& surroundings) const;
  std::vector<Moment> moments_of(WorkItem const& item) const;
  std::string withheld(Step const& step, WorkItem const& item, Instant at, Participant const& recipient,
                       decision::Surroundings const& surroundings) const;
};

}  // namespace xiaohao::notifications
