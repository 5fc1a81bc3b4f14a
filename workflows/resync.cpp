#include "workflows/resync.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "workflows/organisation.hpp"
#include "workflows/shares.hpp"

namespace xiaohao::workflows {
namespace {

/// A share that begins today. One whose day has gone by already keeps it, and says that a person must give
/// another.
void begin(ItemDefinition& share, Date today) {
  calendar::Schedule& schedule = share.schedule;
  bool const gone_by = schedule.due && *schedule.due < today;
  Date const start = gone_by ? *schedule.due : std::max(schedule.start.value_or(today), today);
  schedule.start = start;
  std::string const day = to_string(today);
  share.doubts.push_back({"该单位于 " + day + " 起承担本项，进度自该日起算",
                          "the unit has this share since " + day + "; its pace counts from then"});
  if (gone_by)
    share.doubts.push_back(
        {"分解时已过时限 " + to_string(*schedule.due) + "，应另定时限",
         "its due date " + to_string(*schedule.due) + " had gone by when it was given; it needs another"});
}

bool is_open_share(WorkItem const& item) {
  return item.definition.kind == ItemKind::Assignment && item.status.open() && item.definition.unit;
}

/// Whether somebody decided that the share is this unit's, so that no group can lose it: it goes on in place
/// of another's, by hand-over or since the coordinator found that it was not the other's.
bool was_handed_over(store::Reader const& reader, WorkItem const& share,
                     std::vector<WorkItem> const& siblings) {
  for (JournalEntry const& entry : reader.entries_of(share.id()))
    if (entry.type == handed_over_event && entry.payload.contains("was")) return true;
  std::string const& unit = share.definition.unit->value();
  return std::any_of(siblings.begin(), siblings.end(), [&](WorkItem const& sibling) {
    if (!sibling.status.cancelled) return false;
    std::vector<JournalEntry> const entries = reader.entries_of(sibling.id());
    return std::any_of(entries.begin(), entries.end(), [&](JournalEntry const& entry) {
      return entry.type == "disown.accept" && entry.payload.value("unit", "") == unit;
    });
  });
}

/// What units were called before they were renamed, and what they are called now.
std::map<std::string, std::string> former_names(store::Reader const& reader,
                                                Organisation const& organisation) {
  std::map<std::string, std::string> present;
  for (store::JournalLine const& line : reader.entries_of_type("unit.changed")) {
    Result<JournalEntry> const entry = store::entry_of(line);
    if (!entry) continue;
    Unit const* const unit = organisation.unit(UnitId{entry->payload.value("unit", "")});
    if (unit) present.insert_or_assign(entry->payload.at("before").value("name", ""), unit->name);
  }
  return present;
}

/// `task` with its units as they are called now. What the record says stays as written.
WorkItem with_present_names(WorkItem task, std::map<std::string, std::string> const& present,
                            Organisation const& organisation) {
  for (NamedUnit& named : task.definition.named_units) {
    if (unit_named(organisation, named.name) || group_named(organisation, named.name)) continue;
    if (auto const found = present.find(named.name); found != present.end()) named.name = found->second;
  }
  return task;
}

}  // namespace

Organisation updated(Organisation known, Organisation const& file) {
  for (auto const& [id, unit] : file.units) known.units.insert_or_assign(id, unit);
  for (auto const& [id, group] : file.groups) known.groups.insert_or_assign(id, group);
  for (auto const& [username, participant] : file.participants)
    known.participants.insert_or_assign(username, participant);
  return known;
}

Resync resync_of(store::Reader const& reader, Organisation organisation, Date today) {
  Resync resync{std::move(organisation), {}, {}};
  store::ItemFilter every_task;
  every_task.kind = ItemKind::Task;
  std::map<std::string, std::string> const present = former_names(reader, resync.organisation);
  for (WorkItem const& as_issued : reader.items(every_task)) {
    WorkItem const task = with_present_names(as_issued, present, resync.organisation);
    std::vector<WorkItem> const children = reader.children(task.id());
    for (ItemDraft& draft : missing_shares(task, children, resync.organisation)) {
      begin(draft.definition, today);
      resync.shares.push_back(std::move(draft));
    }
    if (task.status.cancelled) continue;
    std::vector<Share> const meant = shares_of(task.definition.named_units, resync.organisation);
    for (WorkItem const& child : children) {
      if (!is_open_share(child)) continue;
      bool const still_meant = std::any_of(meant.begin(), meant.end(), [&](Share const& share) {
        return share.unit == *child.definition.unit;
      });
      if (!still_meant && !was_handed_over(reader, child, children))
        resync.departures.push_back({task, child});
    }
  }
  return resync;
}

Result<MembershipChange> change_of(Resync const& resync, store::Reader const& reader,
                                   std::map<UnitId, DepartureDecision> const& decisions, Actor const& actor,
                                   Date today) {
  MembershipChange change{resync.organisation, resync.shares, {}, {}};
  for (auto const& [unit, decision] : decisions) {
    bool const has_left =
        std::any_of(resync.departures.begin(), resync.departures.end(),
                    [&, id = unit](Departure const& each) { return *each.share.definition.unit == id; });
    if (!has_left)
      return refuse(Reason::NotPossible, "",
                    {unit.value() + " 没有离开任何单位组；请核对单位",
                     unit.value() + " has left no group; check the unit"});
    if (decision.successor && !resync.organisation.unit(*decision.successor))
      return refuse(
          Reason::NotPossible, "",
          {"没有单位 " + decision.successor->value() + "；请先加入组织机构",
           "there is no unit " + decision.successor->value() + "; add it to the organisation first"});
  }
  for (Departure const& departure : resync.departures) {
    auto const decided = decisions.find(*departure.share.definition.unit);
    if (decided == decisions.end()) continue;
    DepartureDecision const& decision = decided->second;
    std::string reason = decision.reason;
    if (decision.successor) {
      reason += "（移交 " + resync.organisation.unit(*decision.successor)->name + "）";
      auto const has_share = [&](UnitId const& unit) {
        auto const is_it = [&](ItemDefinition const& definition) {
          return definition.kind == ItemKind::Assignment && definition.parent == departure.task.id() &&
                 definition.unit == unit;
        };
        std::vector<WorkItem> const children = reader.children(departure.task.id());
        return std::any_of(children.begin(), children.end(),
                           [&](WorkItem const& child) {
                             return is_it(child.definition) && !child.status.cancelled;
                           }) ||
               std::any_of(change.shares.begin(), change.shares.end(),
                           [&](ItemDraft const& draft) { return is_it(draft.definition); });
      };
      if (!has_share(*decision.successor)) {
        UnitRole const role = departure.share.definition.role.value_or(UnitRole::Support);
        ItemDraft draft{
            share_definition(departure.task.definition,
                             {*decision.successor, role, !departure.share.definition.indicators.empty()}),
            std::nullopt};
        draft.definition.parent = departure.task.id();
        begin(draft.definition, today);
        change.shares.push_back(std::move(draft));
      }
    }
    if (decision.successor)
      change.passings.emplace(departure.share.id(), Passing{*departure.share.definition.unit,
                                                            *decision.successor, decision.reason});
    change.departures.push_back(
        {departure.share.id(), "cancel", {{"reason", reason}}, actor, departure.share.status.version, ""});
  }
  return change;
}

}  // namespace xiaohao::workflows
