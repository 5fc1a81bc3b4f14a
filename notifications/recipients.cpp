#include "notifications/recipients.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

using People = std::vector<Participant const*>;

void add(People& people, People const& more) {
  for (Participant const* each : more)
    if (std::find(people.begin(), people.end(), each) == people.end()) people.push_back(each);
}

People one(Organisation const& organisation, std::optional<Username> const& username) {
  Participant const* const found = username ? organisation.participant(*username) : nullptr;
  return found && found->active ? People{found} : People{};
}

People head_of(Unit const& unit, Organisation const& organisation) {
  if (People const named = one(organisation, unit.head); !named.empty()) return named;
  People heads = organisation.with_role(Role::Head);
  std::erase_if(heads, [&](Participant const* head) { return head->unit != unit.id; });
  return heads;
}

People owners_in(std::string const& group, Organisation const& organisation) {
  People owners;
  auto const found = organisation.groups.find(GroupId{group});
  if (found == organisation.groups.end()) return owners;
  for (UnitId const& member : found->second.members) add(owners, organisation.owners_of(member));
  return owners;
}

Text of_unit(std::string const& name) { return {name + "责任人", "the owners of " + name}; }

/// Whoever is away is told, and so is his substitute; nobody passes on what was passed on to him.
void add_substitutes(Recipients& found, decision::Surroundings const& surroundings) {
  if (!surroundings.absences) return;
  People const told = found.people;
  for (Absence const& absence : *surroundings.absences) {
    auto const away = std::find_if(told.begin(), told.end(), [&](Participant const* person) {
      return person->username == absence.away;
    });
    if (away == told.end()) continue;
    People const substitute = one(surroundings.organisation, absence.substitute);
    if (substitute.empty() || std::find(told.begin(), told.end(), substitute.front()) != told.end()) continue;
    add(found.people, substitute);
    found.standing_in.emplace(absence.substitute, *away);
  }
}

}  // namespace

People people_of(Addressee const& addressee, WorkItem const& item,
                 decision::Surroundings const& surroundings) {
  Organisation const& organisation = surroundings.organisation;
  auto const& unit_id = item.definition.unit;
  Unit const* const unit = unit_id ? organisation.unit(*unit_id) : nullptr;
  switch (addressee.audience) {
    case Audience::Owner:
      return unit_id ? organisation.owners_of(*unit_id) : People{};
    case Audience::Head:
      return unit ? head_of(*unit, organisation) : People{};
    case Audience::SupervisingLeader:
      return unit ? one(organisation, unit->supervising_leader) : People{};
    case Audience::Coordinator:
      return organisation.with_role(Role::Coordinator);
    case Audience::Leadership:
      return organisation.with_role(Role::Leader);
    case Audience::Inspector:
      return organisation.with_role(Role::Inspector);
    case Audience::FirstReviewer: {
      People reviewers;
      for (UnitId const& lead : surroundings.leads) add(reviewers, organisation.owners_of(lead));
      return surroundings.leads.empty() ? organisation.with_role(Role::Coordinator) : reviewers;
    }
    case Audience::AllOwners:
      return organisation.with_role(Role::Owner);
    case Audience::Group:
      return owners_in(addressee.name, organisation);
    case Audience::NamedUnit:
      return organisation.owners_of(UnitId{addressee.name});
  }
  return {};
}

Text name_of(Addressee const& addressee, Organisation const& organisation) {
  switch (addressee.audience) {
    case Audience::Owner:
      return {"责任人", "the owner"};
    case Audience::Head:
      return {"单位负责人", "the unit's head"};
    case Audience::SupervisingLeader:
      return {"分管领导", "the supervising leader"};
    case Audience::Coordinator:
      return {"县扶贫办", "the coordinator"};
    case Audience::Leadership:
      return {"领导小组", "the leadership group"};
    case Audience::Inspector:
      return {"核查人", "the inspector"};
    case Audience::FirstReviewer:
      return {"初审人", "the first reviewer"};
    case Audience::AllOwners:
      return {"各单位责任人", "all owners"};
    case Audience::Group: {
      auto const group = organisation.groups.find(GroupId{addressee.name});
      return of_unit(group == organisation.groups.end() ? addressee.name : group->second.name);
    }
    case Audience::NamedUnit: {
      Unit const* const unit = organisation.unit(UnitId{addressee.name});
      return of_unit(unit ? unit->name : addressee.name);
    }
  }
  return {};
}

Recipients recipients_of(std::vector<Addressee> const& to, std::vector<Addressee> const& copy,
                         std::map<Audience, Audience> const& climb, WorkItem const& item,
                         decision::Surroundings const& surroundings) {
  Recipients found;
  for (Addressee const& each : to) add(found.people, people_of(each, item, surroundings));
  if (found.people.empty() && !to.empty()) {
    Audience at = to.back().audience;
    // A group or unit of which the policy says nothing climbs to those who run the plan.
    if ((at == Audience::Group || at == Audience::NamedUnit) && !climb.contains(at)) {
      at = Audience::Coordinator;
      found.people = people_of(at, item, surroundings);
    }
    for (auto next = climb.find(at); next != climb.end() && found.people.empty(); next = climb.find(at)) {
      at = next->second;
      found.people = people_of(at, item, surroundings);
    }
    if (!found.people.empty()) {
      Text const missing = name_of(to.back(), surroundings.organisation);
      Text const told = name_of(at, surroundings.organisation);
      found.climbed = {"（本应通知" + missing.zh + "，因无人可通知，改报" + told.zh + "。）",
                       "(Meant for " + missing.en + "; there is none, so " + told.en + " is told instead.)"};
    }
  }
  for (Addressee const& each : copy) add(found.people, people_of(each, item, surroundings));
  add_substitutes(found, surroundings);
  return found;
}

}  // namespace xiaohao::notifications
