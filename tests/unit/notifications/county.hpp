#pragma once

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/ladder.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::notifications {

inline Instant at(char const* text) { return parse_instant(std::string(text) + "+08:00").value(); }

inline nlohmann::json shipped_policy_document() {
  return json::read(*workflows::shipped("policies/escalation.json")).value();
}

inline Policy shipped_policy() { return read_policy(shipped_policy_document()).value(); }

/// 县住建局 with its owner, head and supervising leader, and those who run the plan.
class County {
 public:
  County() {
    Unit unit{UnitId{"zhujianju"},        "县住建局",         "agency", false,
              Username{"head-zhujianju"}, Username{"fenguan"}};
    organisation.units.emplace(unit.id, unit);
    add("owner-zhujianju", "张三", "zhujianju", Role::Owner, "zhangsan@county.example");
    add("head-zhujianju", "李局长", "zhujianju", Role::Head, "li@county.example");
    add("fenguan", "王副县长", "", Role::Leader, "");
    add("coordinator", "赵主任", "", Role::Coordinator, "zhao@county.example");
    add("inspector", "钱督查", "", Role::Inspector, "");
    add("leader", "孙书记", "", Role::Leader, "");
  }

  /// 县住建局's share of a task, due as said.
  WorkItem share(char const* due, std::int64_t id = 7) const {
    WorkItem item{{ItemId{id},
                   PlanYear{2024},
                   ItemId{1},
                   ItemKind::Assignment,
                   10,
                   "安居扶贫巩固提升",
                   "",
                   {},
                   {},
                   UnitId{"zhujianju"},
                   UnitRole::Lead,
                   {},
                   {},
                   {},
                   {},
                   {}},
                  {}};
    item.definition.schedule.due = parse_date(due).value();
    item.status.due = item.definition.schedule.due;
    item.status.stage = "in_progress";
    item.status.accepted_at = parse_instant("2024-01-03T09:00:00+08:00").value();
    item.status.progress = 9500;  // on time, so that rules over yellow bulletins stay out of the way
    return item;
  }

  decision::Surroundings surroundings(Instant now) const {
    auto const history =
        past.empty() ? std::function<std::vector<decision::Stood>()>{} : [this] { return past; };
    return {organisation, leads, now, [this] { return told; }, history, &silences, &absences};
  }
  decision::Surroundings surroundings(char const* now) const { return surroundings(at(now)); }

  void add(char const* username, char const* name, char const* unit, Role role, char const* email) {
    Participant participant{Username{username}, name, std::nullopt, {role}, email, true};
    if (*unit) participant.unit = UnitId{unit};
    organisation.participants.insert_or_assign(participant.username, participant);
  }
  void leaves(char const* username) { organisation.participants.at(Username{username}).active = false; }

  Ladder const ladder{shipped_policy(), workflows::shipped_calendar().value()};
  Organisation organisation;
  std::vector<UnitId> leads;
  std::vector<Notice> told;
  std::vector<decision::Stood> past;  ///< empty: the item stood as it stands
  std::vector<Silence> silences;
  std::vector<Absence> absences;
};

/// `remind-7 2024-02-20T08:37` for each step that is still to come.
inline std::vector<std::string> climb_of(County const& county, WorkItem const& item, char const* after) {
  std::vector<std::string> steps;
  for (Instant from = at(after);;) {
    auto const step = county.ladder.next_step(item, from);
    if (!step) return steps;
    from = step->at;
    if (county.ladder.applies(item, step->name, step->at, county.surroundings(step->at)))
      steps.push_back(step->name + " " + to_string(step->at).substr(0, 16));
  }
}

/// `owner-zhujianju by mail` for each notice; `… withheld: late` for those that are not sent.
inline std::vector<std::string> who(std::vector<Notice> const& notices) {
  std::vector<std::string> names;
  for (Notice const& notice : notices)
    names.push_back(notice.recipient.value() + " by " + notice.channel +
                    (notice.withheld.empty() ? "" : ", withheld: " + notice.withheld));
  return names;
}

}  // namespace xiaohao::notifications
