#include "engine/hand_over.hpp"

#include <algorithm>

#include "engine/execution.hpp"
#include "engine/json/document.hpp"
#include "engine/reason.hpp"
#include "engine/share_passing.hpp"

namespace xiaohao {
namespace {

constexpr int absences_max = 10'000;

Result<void> may_hand_over(Organisation const& organisation, Asking const& asking) {
  Participant const* const person = organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_at_large(*person, "work.hand_over")) return {};
  return refuse(Reason::Forbidden, "",
                {"只有统筹人员和领导可以移交工作", "only a coordinator or a leader hands work over"});
}

bool has_a_part(ItemStatus const& status, Username const& person) {
  return status.applicant == person || std::find(status.contributors.begin(), status.contributors.end(),
                                                 person) != status.contributors.end();
}

void tell(store::Transaction& transaction, std::optional<ItemId> item, nlohmann::json payload,
          Asking const& asking) {
  transaction.append({0, asking.now, asking.now, Actor::person(asking.who), item, handed_over_event,
                      std::move(payload), nlohmann::json::object()});
}

/// Absences of `from` end; where he stands in for others, `to` does for the days to come.
Result<int> pass_absences(store::Transaction& transaction, Username const& from, Username const& to,
                          Asking const& asking) {
  int passed = 0;
  for (Absence const& absence : transaction.absences(absences_max)) {
    bool const is_over = absence.ended_at || absence.last < local_date(asking.now);
    if (is_over || (absence.away != from && absence.substitute != from)) continue;
    if (auto const ended = end_absence(transaction, absence.id, asking); !ended)
      return tl::unexpected(ended.error());
    ++passed;
    if (absence.away == from || absence.away == to) continue;
    Absence wish = absence;
    wish.substitute = to;
    wish.first = std::max(absence.first, local_date(asking.now));
    if (auto const entered = set_absence(transaction, wish, asking); !entered)
      return tl::unexpected(entered.error());
  }
  return passed;
}

/// `refusal`, and of which item.
Refusal of_item(Refusal refusal, WorkItem const& item) {
  std::string const which = std::to_string(item.definition.number) + " " + item.definition.title;
  for (Fault& fault : refusal.faults) {
    fault.detail.zh = "第 " + which + "：" + fault.detail.zh;
    fault.detail.en = "item " + which + ": " + fault.detail.en;
  }
  return refusal;
}

std::vector<WorkItem> open_items(store::Reader const& reader, UnitId const& unit) {
  store::ItemFilter open;
  open.unit = unit;
  open.open = true;
  return reader.items(open);
}

/// One item of a unit that is merged. The new one is made before the old one ends, so that its task does not
/// close in between.
Result<void> pass_item(store::Transaction& transaction, Execution& execution, WorkItem const& item,
                       Unit const& from, Unit const& to, std::string const& reason, Asking const& asking,
                       HandedOver& moved) {
  bool const has_one = !check_taker(transaction, asking.organisation, item, to.id);
  std::optional<ItemId> made;
  if (item.definition.kind != ItemKind::Assignment || !has_one) {
    made = transaction.next_item_id();
    ItemStatus begun;
    begun.contributors = item.status.contributors;  // none of them verifies what they began
    execution.create(share_for(item.definition, to.id, *made), std::move(begun), asking.now);
    moved.made.push_back(*made);
  }
  transaction.cancel_timers(item.id(), "recurrence");  // the one in its place brings the next
  Command const end{item.id(),
                    "cancel",
                    {{"reason", reason + "（移交 " + to.name + "）"}},
                    Actor::person(asking.who),
                    item.status.version,
                    ""};
  if (auto const ended = execution.run(end, asking.now); !ended)
    return tl::unexpected(of_item(ended.error(), item));
  moved.items.push_back(item.id());
  Actor const actor = Actor::person(asking.who);
  std::int64_t const index =
      tell_passing(transaction, item.id(), made, {from.id, to.id, reason}, actor, {asking.now, asking.now});
  if (made) execution.tell_handed_over(*made, index, reason, actor, asking.now);
  return {};
}

}  // namespace

std::vector<WorkItem> work_of_person(store::Reader const& reader, UnitId const& unit,
                                     Username const& person) {
  std::vector<WorkItem> items = open_items(reader, unit);
  std::erase_if(items, [&](WorkItem const& item) { return !has_a_part(item.status, person); });
  return items;
}

Result<HandedOver> hand_over_person(store::Transaction& transaction, Username const& from, Username const& to,
                                    std::string const& reason, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  if (auto const may = may_hand_over(organisation, asking); !may) return tl::unexpected(may.error());
  if (auto const fine = expect_reason(reason); !fine) return tl::unexpected(fine.error());
  if (!organisation.participant(from))
    return refuse(Reason::NotFound, "", {"没有这个人", "there is no such person"});
  Participant const* const taker = organisation.participant(to);
  if (!taker || !taker->active || !taker->unit || !taker->has(Role::Owner) || from == to)
    return refuse(Reason::Malformed, "/to",
                  {"接手人须是另一名在岗的责任人", "must be another active person with the role Owner"});
  HandedOver moved;
  nlohmann::json const names{{"from", from.value()}, {"to", to.value()}, {"reason", reason}};
  for (WorkItem const& item : work_of_person(transaction, *taker->unit, from)) {
    tell(transaction, item.id(), names, asking);
    moved.items.push_back(item.id());
  }
  Result<int> const absences = pass_absences(transaction, from, to, asking);
  if (!absences) return tl::unexpected(absences.error());
  moved.absences = *absences;
  if (moved.items.empty() && moved.absences == 0)
    return refuse(Reason::NotPossible, "",
                  {"在接手人的单位没有他经手的在办事项，也没有外出代理",
                   "he has no open work in that unit, and no absence"});
  nlohmann::json sum = names;
  sum["items"] = moved.items.size();
  sum["absences"] = moved.absences;
  tell(transaction, std::nullopt, std::move(sum), asking);
  return moved;
}

Result<HandedOver> hand_over_unit(store::Transaction& transaction, UnitId const& from, UnitId const& to,
                                  std::string const& reason, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  if (auto const may = may_hand_over(organisation, asking); !may) return tl::unexpected(may.error());
  if (auto const fine = expect_reason(reason); !fine) return tl::unexpected(fine.error());
  Unit const* const giver = organisation.unit(from);
  if (!giver) return refuse(Reason::NotFound, "", {"没有这个单位", "there is no such unit"});
  Unit const* const taker = organisation.unit(to);
  if (!taker || taker->retired || from == to)
    return refuse(Reason::Malformed, "/to",
                  {"接手单位须是另一个在册单位", "must be another unit that is not retired"});
  std::vector<WorkItem> const items = open_items(transaction, from);
  if (items.empty())
    return refuse(Reason::NotPossible, "", {"该单位没有在办事项", "this unit has no open item"});
  HandedOver moved;
  Asking const by_those_of_now{asking.who, asking.now, asking.rules, organisation};
  Execution execution(transaction, asking.rules, organisation, asking.now);
  for (WorkItem const& item : items)
    if (auto const passed =
            pass_item(transaction, execution, item, *giver, *taker, reason, by_those_of_now, moved);
        !passed)
      return tl::unexpected(passed.error());
  tell(transaction, std::nullopt,
       {{"from", from.value()},
        {"to", to.value()},
        {"reason", reason},
        {"items", moved.items.size()},
        {"made", moved.made.size()}},
       asking);
  return moved;
}

}  // namespace xiaohao
