#pragma once

// A checklist 任务清单: what a county is to do in a year, as its document says it. Phrases only, no dates:
// the same file makes next year's plan. `docs/checklists.md` shows how to write one.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/business_calendar.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::workflows {

struct ChecklistCampaign {
  std::string name;
  Text focus;
  std::string window;  ///< a phrase: `3月至5月`
  bool inferred;       ///< the document gives no dates; the window is a convention
};

/// A dated clause inside a row. One whose phrase recurs (以季度为单位) makes an occurrence of each period.
struct ChecklistMilestone {
  std::string title;     ///< empty: the clause itself
  std::string deadline;  ///< a phrase
  std::string text;      ///< the clause, as written
};

/// A row of the checklist.
struct ChecklistItem {
  int number;
  std::string title;
  std::string content;
  std::string deadline;  ///< a phrase
  std::vector<NamedUnit>
      units;  ///< `name` as the row or the file says it; no organisation has been asked yet
  std::vector<std::string> campaigns;  ///< that the document itself gives the row to
  std::vector<CampaignText> content_by_campaign;
  std::vector<ChecklistMilestone> milestones;
  std::vector<Indicator> indicators;
  std::vector<int> source_lines;
  std::vector<Text> doubts;
};

struct Checklist {
  std::string title;
  PlanYear year;  ///< of the document
  std::string source;
  std::vector<ChecklistCampaign> campaigns;
  std::vector<Text> doubts;
  std::vector<ChecklistItem> items;
};

/// Reads a document of `xiaohao-checklist/1`. Where no unit of a row is marked as its lead, the first is
/// taken for it, and marked as inferred. Refuses, with every fault and its pointer: unknown and mistyped
/// fields, numbers that stand twice, campaigns that are not declared, a row without units, and phrases that
/// cannot be read for the checklist's year by `calendar`. Nothing is guessed.
Result<Checklist> read_checklist(nlohmann::json const& document, calendar::BusinessCalendar const& calendar);

}  // namespace xiaohao::workflows
