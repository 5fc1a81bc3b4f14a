#include "engine/decision/house_properties.hpp"

namespace xiaohao::decision {
namespace {

using statechart::Call;
using statechart::Pattern;
using statechart::Property;
using statechart::PropertyKind;

Pattern enters(std::string state) {
  Pattern pattern;
  pattern.enters = {std::move(state)};
  return pattern;
}

Pattern leaves(std::string state) {
  Pattern pattern;
  pattern.leaves = {std::move(state)};
  return pattern;
}

Pattern guarded(std::vector<std::string> guards) {
  Pattern pattern;
  pattern.guards = std::move(guards);
  return pattern;
}

Pattern runs(std::vector<std::string> const& actions) {
  Pattern pattern;
  for (std::string const& action : actions) pattern.actions.push_back(Call{action, nlohmann::json::object()});
  return pattern;
}

Property demands(char const* id, Text text, Pattern when, Pattern what) {
  return {PropertyKind::Demands, id, std::move(text), std::move(when), std::move(what), {}, {}, {}, ""};
}

Property demands_earlier(char const* id, Text text, Pattern when, Pattern what, Pattern since) {
  return {PropertyKind::DemandsEarlier,
          id,
          std::move(text),
          std::move(when),
          std::move(what),
          std::move(since),
          {},
          {},
          ""};
}

/// Of every lifecycle that can close at all.
std::vector<Property> of_all() {
  return {
      demands("house.closing_is_recorded", {"销号须记录", "Closing is recorded"}, enters("closed"),
              runs({"record_closing"})),
      demands("house.recorded_is_closed", {"记录销号即为销号", "What is recorded as closed is closed"},
              runs({"record_closing"}), enters("closed")),
      {PropertyKind::StaysReachable,
       "house.ends",
       {"事项总能销号或终止", "Every item can still be closed or cancelled"},
       {},
       {},
       {},
       {"closed", "cancelled"},
       {},
       ""},
  };
}

/// What a unit does itself: after each of these somebody else must look again.
std::vector<std::string> const of_the_unit{"begin_next_cycle", "freeze_application", "record_report",
                                           "attach_evidence",  "withdraw_evidence",  "record_return",
                                           "extend_measures"};

std::vector<Property> of_shares() {
  std::vector<Property> properties = of_all();
  properties.push_back(demands_earlier(
      "house.application", {"不申请不得销号", "Nothing closes that was not applied for"}, enters("closed"),
      runs({"freeze_application"}), runs({"begin_next_cycle", "record_return", "record_cancellation"})));
  properties.push_back(demands_earlier(
      "house.evidence", {"没有佐证材料不得销号", "Nothing closes without evidence"}, enters("closed"),
      guarded({"evidence_is_present"}), runs({"begin_next_cycle", "record_return", "withdraw_evidence"})));
  properties.push_back(demands_earlier(
      "house.second_person",
      {"须由申请人以外的人员审核后方可销号", "Nothing closes but by somebody else than the applicant"},
      enters("closed"), guarded({"actor_is_independent", "actor_is_not_contributor"}), runs(of_the_unit)));
  properties.push_back(demands_earlier(
      "house.return", {"只退回已申请而未销号的", "What is returned was applied for and is not closed"},
      runs({"record_return"}), runs({"freeze_application"}), runs({"record_closing", "begin_next_cycle"})));
  properties.push_back(demands(
      "house.cycle", {"新一轮只由重新打开开始", "A new cycle begins by reopening and in no other way"},
      runs({"begin_next_cycle"}), leaves("closed")));
  properties.push_back(demands("house.next_cycle", {"重新打开须另起一轮", "Reopening begins a new cycle"},
                               leaves("closed"), runs({"begin_next_cycle", "record_cancellation"})));
  return properties;
}

std::vector<Property> of_tasks() {
  std::vector<Property> properties = of_all();
  properties.push_back(demands("house.all_shares",
                               {"各责任单位均销号后任务方可销号", "A task closes when all its shares have"},
                               enters("closed"), guarded({"all_shares_are_closed"})));
  properties.push_back(demands("house.open_share",
                               {"有单位未销号，任务方可打开", "A task opens again for an open share"},
                               leaves("closed"), guarded({"some_share_is_open"})));
  properties.push_back(demands("house.reopening",
                               {"有单位重新整改，任务随之打开", "A task that is open again is recorded so"},
                               leaves("closed"), runs({"record_reopening"})));
  return properties;
}

}  // namespace

std::vector<Property> const& house_properties(ItemKind kind) {
  static std::vector<Property> const shares = of_shares(), tasks = of_tasks();
  return kind == ItemKind::Task ? tasks : shares;
}

}  // namespace xiaohao::decision
