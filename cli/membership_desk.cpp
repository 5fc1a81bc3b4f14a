#include "cli/membership_desk.hpp"

#include <algorithm>

#include "engine/group_change.hpp"
#include "engine/membership.hpp"
#include "engine/organisation_change.hpp"
#include "engine/reason.hpp"
#include "workflows/resync.hpp"

namespace xiaohao::cli {
namespace {

using web::MembershipWish;

tl::unexpected<Refusal> malformed_wish(char const* pointer, char const* zh, char const* en) {
  return refuse(Reason::Malformed, pointer, {zh, en});
}

/// The group as it is wished. Leaves the order of those who stay.
Result<UnitGroup> wished(Organisation const& organisation, MembershipWish const& wish) {
  auto const known = organisation.groups.find(wish.group);
  if (known == organisation.groups.end())
    return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
  UnitGroup group = known->second;
  if (version_of(group) != wish.seen) return changed_since_read();
  if (is_retired(group))
    return refuse(Reason::NotPossible, "",
                  {"该组已撤销，请先恢复", "the group is retired; bring it back first"});
  if (group.kind == "persons")
    return refuse(Reason::NotPossible, "",
                  {"人员类没有成员单位", "a class of persons has no units for members"});
  if (wish.add.empty() && wish.remove.empty())
    return malformed_wish("/add", "请指明要加入或移出的单位", "name a unit to add or to remove");
  for (UnitId const& unit : wish.add) {
    Unit const* const there = organisation.unit(unit);
    if (!there || there->retired)
      return malformed_wish("/add", "没有这个在册单位", "there is no such unit, or it is retired");
    if (std::find(group.members.begin(), group.members.end(), unit) != group.members.end())
      return malformed_wish("/add", "已经是成员", "it is a member already");
    group.members.push_back(unit);
  }
  for (UnitId const& unit : wish.remove)
    if (std::erase(group.members, unit) == 0)
      return malformed_wish("/remove", "不是该组成员", "it is no member of the group");
  group.members_known = true;
  return group;
}

Result<std::map<UnitId, workflows::DepartureDecision>> decisions_of(Organisation const& organisation,
                                                                    MembershipWish const& wish) {
  std::map<UnitId, workflows::DepartureDecision> decisions;
  if (wish.decisions.empty()) return decisions;
  if (auto const fine = expect_reason(wish.reason); !fine) return tl::unexpected(fine.error());
  for (auto const& [unit, successor] : wish.decisions) {
    if (std::find(wish.remove.begin(), wish.remove.end(), unit) == wish.remove.end())
      return malformed_wish("/decide", "只能决定被移出单位的任务",
                            "only what becomes of units that are taken out can be decided");
    Unit const* const taker = successor ? organisation.unit(*successor) : nullptr;
    if (successor && (!taker || taker->retired || *successor == unit))
      return malformed_wish("/decide", "接手单位须是另一个在册单位",
                            "must be `cancel` or another unit that is not retired");
    decisions.emplace(unit, workflows::DepartureDecision{successor, wish.reason});
  }
  return decisions;
}

}  // namespace

Result<web::MembershipOutcome> change_members(store::Transaction& transaction, MembershipWish const& wish,
                                              Username const& who, decision::Rules const& rules,
                                              Moment moment) {
  Organisation organisation = transaction.organisation();
  Participant const* const person = organisation.participant(who);
  if (!person || !rules.permissions.may_at_large(*person, "members.change"))
    return refuse(
        Reason::Forbidden, "",
        {"只有统筹人员和领导可以调整单位组成员", "only a coordinator or a leader changes who is in a group"});
  Result<UnitGroup> group = wished(organisation, wish);
  if (!group) return tl::unexpected(group.error());
  auto decisions = decisions_of(organisation, wish);
  if (!decisions) return tl::unexpected(decisions.error());
  organisation.groups.insert_or_assign(group->id, std::move(*group));
  Date const today = local_date(moment.at);
  workflows::Resync const resync = workflows::resync_of(transaction, std::move(organisation), today);
  std::erase_if(*decisions, [&](auto const& decision) {  // it may have no open share
    return std::none_of(resync.departures.begin(), resync.departures.end(), [&](auto const& departure) {
      return *departure.share.definition.unit == decision.first;
    });
  });
  auto const change = workflows::change_of(resync, transaction, *decisions, Actor::person(who), today);
  if (!change) return tl::unexpected(change.error());
  auto const made = change_membership_within(transaction, rules, *change, Actor::person(who), moment);
  if (!made) return tl::unexpected(made.error());
  return web::MembershipOutcome{*made, static_cast<int>(change->departures.size()),
                                static_cast<int>(resync.departures.size() - change->departures.size())};
}

Result<web::MembershipOutcome> LiveMembershipDesk::change(MembershipWish const& wish, Username const& who) {
  web::MembershipOutcome outcome;
  Result<void> const written = engine_.store().write_and_wait([&](store::Transaction& transaction)
                                                                  -> Result<void> {
    auto const done = change_members(transaction, wish, who, engine_.rules(), {engine_.now(), clock_.now()});
    if (!done) return tl::unexpected(done.error());
    outcome = *done;
    engine_.put_organisation_in_force(std::make_shared<Organisation const>(transaction.organisation()));
    return {};
  });
  if (written) return outcome;
  engine_.reload_organisation();
  return tl::unexpected(written.error());
}

}  // namespace xiaohao::cli
