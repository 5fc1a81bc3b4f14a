#pragma once

// Where everything stands at one moment: what the dashboard, the summary and the lists show.
//
// A board is made once from all items of a plan and then shared, unchanged, by every reader until the next
// commit or the next instant at which a light may change by itself (`valid_until`).

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/decision/light.hpp"
#include "engine/domain/plan.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

/// An item as it stands at the board's moment.
struct Standing {
  WorkItem item;
  LightReading light;
  BasisPoints progress;  ///< of a task: the weighted mean of its assignments (lead 1, support ½)
  int days_overdue = 0;
  std::vector<ItemId> children;
};

struct LightCounts {
  int grey = 0, green = 0, yellow = 0, red = 0;
  int total() const { return grey + green + yellow + red; }
  Light worst() const;
  void add(Light light);
};

/// The figures of one campaign, one unit, or the whole county. Colours are counted, never averaged.
struct Tally {
  LightCounts lights;
  std::map<std::string, int> stages;
  BasisPoints progress = 0;
  std::optional<Date> next_due;     ///< the earliest due date to come among open items
  std::optional<ItemId> next_item;  ///< the item it belongs to
};

struct CampaignStanding {
  Campaign campaign;
  bool running = false;
  Tally tasks;        ///< the checklist's rows
  Tally assignments;  ///< the units' shares
};

struct UnitStanding {
  UnitId unit;
  std::string name;
  Tally assignments;
};

struct Board {
  Instant at;
  std::optional<Instant> valid_until;
  Plan plan;
  std::vector<Standing> standings;  ///< ordered by number, then by id
  std::unordered_map<ItemId, std::size_t> index;
  std::vector<CampaignStanding> campaigns;
  std::vector<UnitStanding> units;  ///< worst first: most red, then most yellow, then by name
  Tally tasks;
  Tally assignments;

  Standing const* find(ItemId id) const;
  /// Open assignments, milestones and occurrences that are red: longest overdue first.
  std::vector<Standing const*> overdue() const;
  /// Open ones not yet due, soonest first.
  std::vector<Standing const*> coming(int limit) const;
};

/// `names` gives a unit's name. Pure.
Board board_of(Plan plan, std::vector<WorkItem> items, std::map<UnitId, std::string> const& names,
               Instant now, LightPolicy const& policy, calendar::BusinessCalendar const& calendar);

}  // namespace xiaohao::decision
