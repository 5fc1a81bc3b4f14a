#include "engine/decision/timeliness.hpp"

namespace xiaohao::decision {

std::string_view to_string(Timeliness timeliness) {
  switch (timeliness) {
    case Timeliness::OnTime:
      return "on_time";
    case Timeliness::OnTimeAfterExtension:
      return "on_time_after_extension";
    case Timeliness::Late:
      return "late";
    case Timeliness::OpenOverdue:
      break;
  }
  return "open_overdue";
}

std::optional<Timeliness> timeliness_of(WorkItem const& item, Instant now) {
  ItemStatus const& status = item.status;
  auto const& original = item.definition.schedule.due;
  if (status.cancelled || item.definition.schedule.soft || !status.due) return std::nullopt;
  if (status.open()) {
    bool const stands_still = status.applied_at.has_value();
    bool const overdue = !stands_still && end_of_day(*status.due) <= now;
    return overdue ? std::optional(Timeliness::OpenOverdue) : std::nullopt;
  }
  auto const applied = status.applied_at ? status.applied_at : status.closed_at;
  if (!applied) return std::nullopt;
  Date const day = local_date(*applied);
  if (original && day <= *original) return Timeliness::OnTime;
  if (day > *status.due) return Timeliness::Late;
  return status.extensions > 0 ? Timeliness::OnTimeAfterExtension : Timeliness::OnTime;
}

void TimelinessCounts::add(Timeliness timeliness) {
  switch (timeliness) {
    case Timeliness::OnTime:
      ++on_time;
      break;
    case Timeliness::OnTimeAfterExtension:
      ++on_time_after_extension;
      break;
    case Timeliness::Late:
      ++late;
      break;
    case Timeliness::OpenOverdue:
      ++open_overdue;
      break;
  }
}

TimelinessTable timeliness(Board const& board) {
  TimelinessTable table;
  for (Standing const& standing : board.standings) {
    if (standing.item.definition.kind == ItemKind::Task) continue;
    auto const found = timeliness_of(standing.item, board.at);
    if (!found) continue;
    table.all.add(*found);
    if (auto const& unit = standing.item.definition.unit) table.units[*unit].add(*found);
  }
  return table;
}

}  // namespace xiaohao::decision
