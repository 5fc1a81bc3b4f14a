#pragma once

// From "the head of the item's unit" to people.

#include <map>
#include <vector>

#include "engine/decision/escalation.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {

/// The people of one audience for `item`: active ones, by user name.
std::vector<Participant const*> people_of(Addressee const& addressee, WorkItem const& item,
                                          decision::Surroundings const& surroundings);

struct Recipients {
  std::vector<Participant const*> people;              ///< each once
  std::map<Username, Participant const*> standing_in;  ///< substitutes among them, and for whom
  Text climbed;  ///< a sentence for the message when somebody is told in another's place; empty otherwise
};

/// Those of `to` and `copy`, and the substitutes of those who are away. When nobody is in `to`, the next
/// higher audience by `climb` is told in its place at once: nothing waits for somebody who is not there.
Recipients recipients_of(std::vector<Addressee> const& to, std::vector<Addressee> const& copy,
                         std::map<Audience, Audience> const& climb, WorkItem const& item,
                         decision::Surroundings const& surroundings);

/// What an audience is called in a sentence: 责任人, the owner.
Text name_of(Addressee const& addressee, Organisation const& organisation);

}  // namespace xiaohao::notifications
