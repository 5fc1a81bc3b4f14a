#pragma once

// The things of a plan. A work item is anything with an owner, a deadline and a lifecycle. What it is (its
// definition) is written once; where it stands (its status) changes with every event, and only by events.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/schedule.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

enum class ItemKind { Task, Assignment, Milestone, Occurrence, Finding };
std::string_view to_string(ItemKind kind);  ///< `Task`, `Assignment`, …
std::optional<ItemKind> item_kind_named(std::string_view name);

enum class UnitRole { Lead, Support };
std::string_view to_string(UnitRole role);  ///< `Lead`, `Support`
std::optional<UnitRole> unit_role_named(std::string_view name);

/// A hundredth of a percent; 10,000 is all of it. Percentages are integers so that sums agree everywhere.
using BasisPoints = int;
inline constexpr BasisPoints complete = 10'000;

/// A measured quantity with a target: 减贫 501 人以上.
struct Indicator {
  std::string name;
  std::int64_t target;
  std::string unit;
  std::string comparison;  ///< `>=`, `<=`, `=` or `~`
  std::string text;        ///< the clause of the plan
  friend bool operator==(Indicator const&, Indicator const&) = default;
};

/// A unit or group as a checklist row names it.
struct NamedUnit {
  std::string as_written;
  std::string name;  ///< the one spelling the organisation knows
  UnitRole role;
  bool role_inferred;  ///< the row names no lead; the first unit listed is taken for it
  bool members_known =
      true;  ///< false: a group that could not be fanned out, because nobody says who is in it
  friend bool operator==(NamedUnit const&, NamedUnit const&) = default;
};

/// One campaign's share of a text that goes through all of them (item 24).
struct CampaignText {
  std::string campaign;
  std::string text;
  friend bool operator==(CampaignText const&, CampaignText const&) = default;
};

/// What an item is. Written once, when it is created.
struct ItemDefinition {
  ItemId id;
  PlanYear plan;
  std::optional<ItemId> parent;
  ItemKind kind;
  int number = 0;  ///< 序号 of the checklist row; a task's parts carry their task's number
  std::string title;
  std::string content;
  calendar::Schedule schedule;  ///< as first promised; `schedule.due` is the original due date for ever
  std::vector<std::string> campaigns;  ///< none, one, or for item 24 all three
  std::optional<UnitId> unit;          ///< who answers for it; a task has none, its assignments have
  std::optional<UnitRole> role;        ///< of an assignment
  std::vector<NamedUnit> named_units;  ///< of a task: the row's own words
  std::vector<Indicator> indicators;
  std::vector<CampaignText> content_by_campaign;
  std::vector<int> source_lines;  ///< lines of the plan's text, from 1
  std::vector<Text> doubts;       ///< readings that a person should confirm; shown, never resolved silently
  friend bool operator==(ItemDefinition const&, ItemDefinition const&) = default;
};

/// Where an item stands. `version` rises by one with every change.
struct ItemStatus {
  std::int64_t version = 1;
  std::string lifecycle;      ///< the statechart it runs: `assignment/1`
  std::string configuration;  ///< the statechart's configuration with its history, as JSON
  std::string stage;          ///< the active state of the lifecycle's main region: `in_progress`
  bool closed = false;        ///< in a state tagged `closed` 已销号
  bool cancelled = false;     ///< in a state tagged `cancelled` 终止
  std::optional<Date> due;    ///< the date that counts now; differs from the definition's after an extension
  BasisPoints progress = 0;
  std::optional<Instant> accepted_at;
  std::optional<Instant> last_report_at;
  std::optional<Instant> applied_at;  ///< since when the unit's own clock stands still; empty while it runs
  std::optional<Instant> closed_at;
  int cycle = 1;  ///< close-out cycles; a reopening begins the next
  int returns = 0;
  int extensions = 0;
  std::optional<Date> requested_due;  ///< asked for and not yet answered
  std::optional<Date>
      redo_by;  ///< 补正时限: by when a returned application is looked for again; the due date stays
  std::optional<Username> applicant;
  /// Who applied, reported or attached evidence in this cycle: none of them may review or verify it.
  std::vector<Username> contributors;
  std::optional<Username> first_reviewer;
  int shares = 0;         ///< of a task: assignments that are not cancelled
  int shares_closed = 0;  ///< of a task: those that are closed
  int groups_unknown =
      0;  ///< of a task: named groups that nobody has said the members of; it cannot close before
  friend bool operator==(ItemStatus const&, ItemStatus const&) = default;

  bool open() const { return !closed && !cancelled; }
};

struct WorkItem {
  ItemDefinition definition;
  ItemStatus status;
  friend bool operator==(WorkItem const&, WorkItem const&) = default;

  ItemId id() const { return definition.id; }
};

}  // namespace xiaohao
