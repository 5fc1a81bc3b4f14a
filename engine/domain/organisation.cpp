#include "engine/domain/organisation.hpp"

#include <algorithm>

namespace xiaohao {

bool Participant::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

Unit const* Organisation::unit(UnitId const& id) const {
  auto const found = units.find(id);
  return found == units.end() ? nullptr : &found->second;
}

Participant const* Organisation::participant(Username const& username) const {
  auto const found = participants.find(username);
  return found == participants.end() ? nullptr : &found->second;
}

std::vector<Participant const*> Organisation::with_role(Role role) const {
  std::vector<Participant const*> found;
  for (auto const& [username, participant] : participants)
    if (participant.active && participant.has(role)) found.push_back(&participant);
  return found;
}

std::vector<Participant const*> Organisation::owners_of(UnitId const& unit) const {
  std::vector<Participant const*> found;
  for (Participant const* participant : with_role(Role::Owner))
    if (participant->unit == unit) found.push_back(participant);
  return found;
}

}  // namespace xiaohao
