// 举一反三: what was found at one unit is looked for at its sisters.

#include <algorithm>
#include <set>

#include "engine/finding_creation.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

constexpr std::size_t units_max = 200;

void check_units(store::Reader const& reader, SelfCheck const& wish, Finding const& first,
                 WorkItem const& item, Asking const& asking, std::vector<Fault>& faults) {
  if (wish.units.empty()) faults.push_back({"/units", {"请选择单位", "must name at least one unit"}});
  if (wish.units.size() > units_max)
    faults.push_back({"/units", {"一次最多推送 200 个单位", "at most 200 units at a time"}});
  std::set<UnitId> sent;
  for (Finding const& other : reader.findings(first.plan))
    if (other.checks == first.item)
      if (auto const check = reader.item(other.item); check && !check->status.cancelled)
        sent.insert(*check->definition.unit);
  for (std::size_t at = 0; at < wish.units.size(); ++at) {
    UnitId const& unit = wish.units[at];
    auto const fault = [&](char const* zh, char const* en) {
      faults.push_back({"/units/" + std::to_string(at), {zh, en}});
    };
    if (!asking.organisation.unit(unit))
      fault("没有这个单位", "there is no such unit");
    else if (item.definition.unit == unit)
      fault("是该问题的责任单位本身", "is the unit whose finding it is");
    else if (!sent.insert(unit).second)
      fault("已经推送过", "has been sent this self-check already");
  }
}

}  // namespace

Result<std::vector<Finding>> push_self_check(store::Transaction& transaction, SelfCheck const& wish,
                                             Asking const& asking) {
  if (auto const may = may_about_findings(asking, "finding.push"); !may) return tl::unexpected(may.error());
  std::optional<Finding> const first = transaction.finding(wish.of);
  if (!first) return refuse(Reason::NotFound, "", {"没有这个反馈问题", "there is no such finding"});
  if (first->is_self_check())
    return refuse(Reason::NotPossible, "",
                  {"自查事项不再推送；查出的问题请另行登记",
                   "a self-check is not pushed on; register what it has found as a finding"});
  WorkItem const item = *transaction.item(wish.of);
  std::vector<Fault> faults;
  check_units(transaction, wish, *first, item, asking, faults);
  expect_words(wish.text, "/text", false, faults);
  calendar::Schedule const schedule =
      read_finding_deadline(wish.deadline, first->plan, std::nullopt, asking, faults);
  if (schedule.due && *schedule.due < local_date(asking.now))
    faults.push_back({"/deadline", {"时限已经过去", "is past"}});
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  Execution execution(transaction, asking.rules, asking.organisation, asking.written_at());
  std::vector<Finding> made;
  nlohmann::json units = nlohmann::json::array(), items = nlohmann::json::array();
  for (UnitId const& unit : wish.units) {
    Finding check;
    check.plan = first->plan;
    check.source = self_check_source;
    check.rectification = rectification_of(schedule);
    check.goal = wish.text;
    check.checks = first->item;
    ItemDefinition definition{ItemId{0},
                              first->plan,
                              std::nullopt,
                              ItemKind::Finding,
                              0,
                              "举一反三自查：" + item.definition.title,
                              "",
                              schedule,
                              {},
                              unit,
                              std::nullopt,
                              {},
                              {},
                              {},
                              {},
                              {}};
    create_finding(transaction, execution, check, std::move(definition), "self_check", asking);
    units.push_back(unit.value());
    items.push_back(check.item.value());
    made.push_back(std::move(check));
  }
  tell_of_finding(transaction, first->item, pushing_event,
                  {{"units", std::move(units)},
                   {"items", std::move(items)},
                   {"deadline", wish.deadline},
                   {"text", wish.text}},
                  asking);
  return made;
}

}  // namespace xiaohao
