#pragma once

// From a checklist to a plan: phrases become dates, groups become units, rows become items.

#include "engine/calendar/business_calendar.hpp"
#include "engine/creation.hpp"
#include "workflows/checklist.hpp"
#include "workflows/organisation.hpp"

namespace xiaohao::workflows {

/// What a checklist is instantiated for.
struct PlanTerms {
  PlanYear year;
  Date issued;  ///< what 立行立改 and 10个工作日内 count from: the day the plan is issued 印发
  calendar::BusinessCalendar const& calendar;
  int immediate_days;  ///< 立行立改
};

/// The plan and items of one year, in this order for each row: its task; the share of each unit, groups
/// fanned out; its dated clauses as milestones; and where a clause or its own deadline recurs (全年, 每季度),
/// the occurrence of the first period, after which the engine makes one at a time. A recurring clause of the
/// same rhythm stands for the row's own checkpoints.
///
/// What had to be inferred is marked on the item: a milestone of a row led by a group is owned by the row's
/// first agency, else by the coordinating unit; a row that its document gives to no campaign is counted under
/// those its time falls into. Refuses, with pointers into the checklist: units and groups that `organisation`
/// does not know, rows without any unit, phrases that cannot be read for the year, milestones without a day,
/// deadlines before the year begins. Pure.
Result<PlanDraft> instantiate(Checklist const& checklist, OrganisationFile const& organisation,
                              PlanTerms const& terms);

}  // namespace xiaohao::workflows
