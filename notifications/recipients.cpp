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

}  // namespace

People people_of(Audience audience, WorkItem const& item, decision::Surroundings const& surroundings) {
  Organisation const& organisation = surroundings.organisation;
  auto const& unit_id = item.definition.unit;
  Unit const* const unit = unit_id ? organisation.unit(*unit_id) : nullptr;
  switch (audience) {
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
  }
  return {};
}

Text name_of(Audience audience) {
  switch (audience) {
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
  }
  return {};
}

Recipients recipients_of(std::vector<Audience> const& to, std::vector<Audience> const& copy,
                         std::map<Audience, Audience> const& climb, WorkItem const& item,
                         decision::Surroundings const& surroundings) {
  Recipients found;
  for (Audience const audience : to) add(found.people, people_of(audience, item, surroundings));
  if (found.people.empty() && !to.empty()) {
    Audience at = to.back();
    for (auto next = climb.find(at); next != climb.end() && found.people.empty(); next = climb.find(at)) {
      at = next->second;
      found.people = people_of(at, item, surroundings);
    }
    if (!found.people.empty()) {
      Text const missing = name_of(to.back());
      Text const told = name_of(at);
      found.climbed = {"（本应通知" + missing.zh + "，因无人可通知，改报" + told.zh + "。）",
                       "(Meant for " + missing.en + "; there is none, so " + told.en + " is told instead.)"};
    }
  }
  for (Audience const audience : copy) add(found.people, people_of(audience, item, surroundings));
  return found;
}

}  // namespace xiaohao::notifications
