#pragma once

// Changing who is who for whoever is signed in, from pages and API alike: the running server follows at once.
// `answer` is called once it is durable, or refused, off the writer's thread.

#include "engine/group_change.hpp"
#include "engine/hand_over.hpp"
#include "engine/organisation_change.hpp"
#include "web/asked_change.hpp"

namespace xiaohao::web {

void add_unit(Application& application, Unit wish, Username const& who, Written<Unit> answer);
void change_unit(Application& application, Unit wish, std::string seen, Username const& who,
                 Written<Unit> answer);
void add_group(Application& application, GroupId id, std::string name, Username const& who,
               Written<UnitGroup> answer);
void change_group(Application& application, GroupWish wish, std::string seen, Username const& who,
                  Written<UnitGroup> answer);
void add_participant(Application& application, Participant wish, Username const& who,
                     Written<Participant> answer);
void change_participant(Application& application, Participant wish, std::string seen, Username const& who,
                        Written<Participant> answer);
void hand_over_person(Application& application, Username from, Username to, std::string reason,
                      Username const& who, Written<HandedOver> answer);
void hand_over_unit(Application& application, UnitId from, UnitId to, std::string reason, Username const& who,
                    Written<HandedOver> answer);

/// `username` gets a link by which he sets his first password. Its address is told once, to whoever may
/// change people (Forbidden).
Result<std::string> invitation_address(Application& application, Request const& request,
                                       Username const& username);

}  // namespace xiaohao::web
