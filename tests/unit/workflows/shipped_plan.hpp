#pragma once

// What is shipped, read once, and the text of the plan it comes from.

#include <fstream>
#include <gmock/gmock.h>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/checklist.hpp"
#include "workflows/instantiate.hpp"
#include "workflows/organisation.hpp"
#include "workflows/shares.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::workflows {

inline Date day(char const* text) { return parse_date(text).value(); }

inline nlohmann::json document(char const* path) { return json::read(shipped(path).value()).value(); }

inline calendar::BusinessCalendar const& working_days() {
  static calendar::BusinessCalendar const calendar = shipped_calendar().value();
  return calendar;
}

inline Checklist const& checklist_2024() {
  static Checklist const checklist = read_checklist(document("checklists/2024.json"), working_days()).value();
  return checklist;
}

/// As the plan names it: no group's members are known.
inline OrganisationFile const& organisation_2024() {
  static OrganisationFile const file = read_organisation(document("organisation/2024.json")).value();
  return file;
}

/// Every group filled, an owner and a head for every unit.
inline OrganisationFile const& demonstration() {
  static OrganisationFile const file = read_organisation(document("organisation/demonstration.json")).value();
  return file;
}

inline Result<PlanDraft> plan_of(Checklist const& checklist, OrganisationFile const& organisation,
                                 int year = 2024) {
  Date const new_year{std::chrono::year{year} / std::chrono::January / 1};
  return instantiate(checklist, organisation, {PlanYear{year}, new_year, working_days(), 15});
}

inline ChecklistItem const& row(int number) {
  for (ChecklistItem const& item : checklist_2024().items)
    if (item.number == number) return item;
  throw std::out_of_range("no such row");
}

/// The definitions of one kind that belong to row `number`, in order.
inline std::vector<ItemDefinition> items_of(PlanDraft const& plan, int number, ItemKind kind) {
  std::vector<ItemDefinition> found;
  for (ItemDraft const& draft : plan.items)
    if (draft.definition.number == number && draft.definition.kind == kind) found.push_back(draft.definition);
  return found;
}

inline ItemDefinition task_of(PlanDraft const& plan, int number) {
  return items_of(plan, number, ItemKind::Task).at(0);
}

/// The plan's lines; the first is line 1.
inline std::vector<std::string> const& plan_lines() {
  static std::vector<std::string> const lines = [] {
    std::ifstream file("tests/data/plan-2024.txt");
    std::vector<std::string> read{""};
    for (std::string line; std::getline(file, line);) read.push_back(line);
    return read;
  }();
  return lines;
}

/// The lines of a row, one after the other, as the flattened table has them.
inline std::string text_of(std::vector<int> const& lines) {
  std::string text;
  for (int line : lines) text += plan_lines().at(static_cast<std::size_t>(line));
  return text;
}

}  // namespace xiaohao::workflows
