#pragma once

// From "the head of the item's unit" to people.

#include <map>
#include <vector>

#include "engine/decision/escalation.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

/// The people of one audience for `item`: active ones, by user name.
std::vector<Participant const*> people_of(Audience audience, WorkItem const& item,
                                          decision::Surroundings const& surroundings);

struct Recipients {
  std::vector<Participant const*> people;  ///< each once
  Text climbed;  ///< a sentence for the message when somebody is told in another's place; empty otherwise
};

/// Those of `to` and `copy`. When nobody is in `to`, the next higher audience by `climb` is told in its place
/// at once: nothing waits for somebody who is not there.
Recipients recipients_of(std::vector<Audience> const& to, std::vector<Audience> const& copy,
                         std::map<Audience, Audience> const& climb, WorkItem const& item,
                         decision::Surroundings const& surroundings);

/// What an audience is called in a sentence: 责任人, the owner.
Text name_of(Audience audience);

}  // namespace xiaohao::notifications
