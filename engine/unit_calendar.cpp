#include "engine/unit_calendar.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

void record_change(store::Transaction& transaction, char const* type, UnitId const& unit,
                   Asking const& asking) {
  transaction.append({0,
                      asking.now,
                      asking.now,
                      Actor::person(asking.who),
                      std::nullopt,
                      type,
                      {{"username", asking.who.value()}, {"unit", unit.value()}},
                      nlohmann::json::object()});
}

}  // namespace

Result<void> may_have_unit_calendar(UnitId const& unit, Asking const& asking) {
  if (!asking.organisation.unit(unit))
    return refuse(Reason::NotFound, "/unit", {"没有这个单位", "there is no such unit"});
  Participant const* const person = asking.organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_for_unit(*person, "calendar.unit", unit)) return {};
  return refuse(Reason::Forbidden, "/unit",
                {"只有本单位责任人、负责人和统筹人员可以订阅单位日历",
                 "only the unit's owners and head and the coordinator may have its calendar"});
}

Result<void> make_unit_calendar(store::Transaction& transaction, UnitId const& unit, std::string token_hash,
                                Asking const& asking) {
  if (auto const may = may_have_unit_calendar(unit, asking); !may) return may;
  if (!transaction.account(asking.who))
    return refuse(Reason::NotPossible, "", {"没有这个账号", "there is no such account"});
  transaction.put_unit_calendar_feed({asking.who, unit, std::move(token_hash), asking.now});
  record_change(transaction, "account.calendar_made", unit, asking);
  return {};
}

Result<void> remove_unit_calendar(store::Transaction& transaction, UnitId const& unit, Asking const& asking) {
  auto const his = transaction.unit_calendar_feeds(asking.who);
  if (std::none_of(his.begin(), his.end(),
                   [&](identity::UnitCalendarFeed const& feed) { return feed.unit == unit; }))
    return refuse(Reason::NotFound, "/unit", {"没有这个单位日历", "you have no calendar of this unit"});
  transaction.delete_unit_calendar_feed(asking.who, unit);
  record_change(transaction, "account.calendar_removed", unit, asking);
  return {};
}

}  // namespace xiaohao
