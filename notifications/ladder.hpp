#pragma once

// The planner: given the policy, an item and what surrounds it, who is told what and when. Pure; the engine
// calls it inside the transaction that decides, and writes the notices to the outbox there.
//
//     rules.escalation = std::make_shared<notifications::Ladder>(policy, rules.calendar);

#include "engine/calendar/business_calendar.hpp"
#include "engine/decision/escalation.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

class Ladder final : public decision::Escalation {
 public:
  Ladder(Policy policy, calendar::BusinessCalendar calendar)
      : policy_(std::move(policy)), calendar_(std::move(calendar)) {}

  /// Of steps that fall on the same instant only the highest counts.
  std::optional<decision::PlannedStep> next_step(WorkItem const& item, Instant after) const override;

  /// One notice for each recipient and channel, those that are withheld included: `acknowledged`, `reported`,
  /// `late`, `folded`, `no_address`. Keys: `item/7/2024-02-29/urge/owner-zhujianju/mail`.
  std::vector<Notice> notices_of_step(WorkItem const& item, std::string const& step, Instant at,
                                      decision::Surroundings const& surroundings) const override;

  /// Keys: `item/7/event/123/returned/owner-zhujianju/mail`, where 123 is the entry of the journal. Whoever
  /// caused the occasion is not told of it.
  std::vector<Notice> notices_of_occasion(WorkItem const& item, decision::Occasion const& occasion,
                                          Instant at, std::int64_t journal_index,
                                          decision::Surroundings const& surroundings) const override;

  Policy const& policy() const { return policy_; }

 private:
  struct Moment {
    Step const* step;
    Instant at;
  };
  Policy policy_;
  calendar::BusinessCalendar calendar_;

  std::vector<Moment> moments_of(WorkItem const& item) const;
  std::string withheld(Step const& step, WorkItem const& item, Instant at, Participant const& recipient,
                       decision::Surroundings const& surroundings) const;
};

}  // namespace xiaohao::notifications
