#pragma once

// How people behave in a rehearsal, as data: `xiaohao-scenario/1`. `docs/rehearsal.md` teaches it.
//
//     {"$schema": "xiaohao-scenario/1", "name": "一成逾期",
//      "conduct": {"late_percent": 10, "late_days": [1, 20], "returned_percent": 5},
//      "exceptions": [{"units": ["zhujianju"], "conduct": {"late_percent": 100}}]}

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/domain/work_item.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::rehearsal {

/// From `min` to `max`, both included, each as likely as the next.
struct Span {
  int min;
  int max;
};

/// What people do with an item, and when. Percentages are chances.
struct Conduct {
  int accepts_percent = 100;       ///< others never sign, and so never apply
  Span accept_working_days{1, 3};  ///< after the item starts
  int report_every_days = 30;      ///< from the acceptance on; 0: no reports
  int late_percent = 10;           ///< apply after the due date
  Span late_days{1, 20};           ///< calendar days after it, moved on to a working day
  Span early_days{0, 10};          ///< of those on time: before it, moved back to a working day
  int never_applies_percent = 0;   ///< accept and report, and never apply
  Span review_working_days{1, 3};  ///< first review, confirmation and verification, each
  int returned_percent = 5;        ///< of reviews
  Span again_working_days{2, 5};   ///< until what was returned is handed in again
};

/// Where other conduct holds. Every condition that is given must hold.
struct Exception {
  std::vector<UnitId> units;
  std::vector<int> numbers;  ///< 序号 of checklist rows
  std::vector<ItemKind> kinds;
  Conduct conduct;

  bool fits(ItemDefinition const& item) const;
};

struct Scenario {
  std::string name = "默认：一成逾期";
  Conduct conduct;
  std::vector<Exception> exceptions;

  Conduct const& conduct_for(
      ItemDefinition const& item) const;  ///< the first exception that fits, else its own
};

/// Reads a document of `xiaohao-scenario/1`. What a conduct leaves out is as above; an exception's as in the
/// scenario's own conduct. Refuses, with every fault and its pointer: unknown fields, percentages beyond 0 to
/// 100, spans that end before they begin, exceptions without a condition.
Result<Scenario> read_scenario(nlohmann::json const& document);

}  // namespace xiaohao::rehearsal
