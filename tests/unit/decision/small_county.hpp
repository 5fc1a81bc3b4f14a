#pragma once

#include "engine/decision/decide.hpp"
#include "engine/json/document.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::decision {

/// 县住建局's and 嵩市镇's share of 安居扶贫巩固提升 (due 31 October), and the people around it. Only `now`
/// moves.
class SmallCounty {
 public:
  SmallCounty() {
    for (char const* unit : {"zhujianju", "songshizhen", "fupinban", "duchashi"})
      organisation.units.emplace(UnitId{unit},
                                 Unit{UnitId{unit}, unit, "agency", false, std::nullopt, std::nullopt});
    add("owner-zhujianju", "zhujianju", Role::Owner);
    add("owner-songshizhen", "songshizhen", Role::Owner);
    add("owner-fupinban", "fupinban", Role::Owner);
    add("coordinator", "fupinban", Role::Coordinator);
    add("inspector", "duchashi", Role::Inspector);
    add("leader", "", Role::Leader);
    add("admin", "", Role::SystemAdministrator);
  }

  WorkItem share(char const* unit, UnitRole role, char const* lifecycle = "assignment/2") {
    WorkItem item{{ItemId{2},
                   PlanYear{2024},
                   ItemId{1},
                   ItemKind::Assignment,
                   10,
                   "安居扶贫巩固提升",
                   "",
                   {},
                   {},
                   UnitId{unit},
                   role,
                   {},
                   {},
                   {},
                   {},
                   {}},
                  {}};
    item.definition.schedule.due = parse_date("2024-10-31").value();
    item.status.lifecycle = lifecycle;
    item.status.due = item.definition.schedule.due;
    item.status = begin(item.definition, item.status, rules, now).status;
    return item;
  }

  Result<Decision> send(WorkItem const& item, char const* who, char const* event,
                        nlohmann::json payload = nlohmann::json::object()) {
    Command command{item.id(),           event, std::move(payload), Actor::person(Username{who}),
                    item.status.version, ""};
    return decide(command, {now, item, leads, organisation, [this] { return evidence; }, rules});
  }

  /// Sends it, and keeps what follows.
  void must(WorkItem& item, char const* who, char const* event,
            nlohmann::json payload = nlohmann::json::object()) {
    Decision decision = send(item, who, event, std::move(payload)).value();
    for (Evidence const& piece : decision.consequences.attached) evidence.push_back(piece);
    item.status = decision.status;
    entries.push_back(decision.entry);
  }

  Rules rules = workflows::shipped_rules().value();
  Organisation organisation;
  std::vector<UnitId> leads{UnitId{"zhujianju"}};
  std::vector<Evidence> evidence;
  std::vector<JournalEntry> entries;
  Instant now = parse_instant("2024-10-08T09:00:00+08:00").value();

 private:
  void add(char const* name, char const* unit, Role role) {
    Participant participant{Username{name}, name, std::nullopt, {role}, "", true};
    if (*unit) participant.unit = UnitId{unit};
    organisation.participants.emplace(participant.username, participant);
  }
};

}  // namespace xiaohao::decision
