#pragma once

// The journal's signed head leaves the house: told, at most once a day, to those who must not depend on the
// house, so that a history that is rewritten later can be held against what they have.

#include <functional>
#include <memory>
#include <vector>

#include "engine/calendar/business_calendar.hpp"
#include "engine/journal/head.hpp"
#include "engine/store/store.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

/// What a notice of a head shows as its step.
inline constexpr char const* head_step = "journal_head";

/// One notice for each auditor and inspector and each of the policy's channels for heads; by webhook one for
/// all, since it is one machine that keeps it, and by robot one for the group. Keys:
/// `head/2024-02-29/auditor/mail`, where the date is that of the head's last entry, so that a day's heads are
/// told once. Each goes out as a message of its own: its last line is the head in JSON, which `xiaohao verify
/// --since` reads. Pure.
std::vector<Notice> notices_of_head(journal::SignedHead const& head, Policy const& policy,
                                    calendar::BusinessCalendar const& calendar,
                                    Organisation const& organisation, Instant now);

/// Puts them into the outbox. To be called by one thread, whenever something may have changed.
class HeadPost {
 public:
  using People = std::function<std::shared_ptr<Organisation const>()>;
  using PolicyInForce = std::function<Policy()>;  ///< asked whenever there is a head to tell of
  HeadPost(store::Store& store, PolicyInForce policy, calendar::BusinessCalendar calendar, People people);

  /// Tells of the last head that was kept, unless its day has been told of. Cheap when there is nothing to
  /// do. Refused (StorageFull, Unavailable) when the store does not take it; then the next call tries again.
  Result<void> tell(Instant now);

 private:
  store::Store& store_;
  PolicyInForce policy_;
  calendar::BusinessCalendar calendar_;
  People people_;
  std::optional<Date> told_;
};

}  // namespace xiaohao::notifications
