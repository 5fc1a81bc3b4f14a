#pragma once

// What the notifier says about itself: nobody shall find out from a missed deadline that the mail server is
// down. Alarms go to the inbox, the one channel that needs nothing but the database.

#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"

namespace xiaohao::notifications {

/// A message of `notices` has died: every coordinator is told, once for the message.
std::vector<Notice> undelivered_alarm(std::vector<Notice> const& notices, Participant const& recipient,
                                      Organisation const& organisation, Instant now);

/// A channel does not work and rests; `notice` is the one that failed last. Coordinators and system
/// administrators are told.
std::vector<Notice> channel_alarm(Notice const& notice, std::string const& answer,
                                  Organisation const& organisation, Instant now);

}  // namespace xiaohao::notifications
