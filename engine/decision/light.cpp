#include "engine/decision/light.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace xiaohao::decision {
namespace {

constexpr std::array<std::pair<Light, std::string_view>, 4> names{
    {{Light::Grey, "grey"}, {Light::Green, "green"}, {Light::Yellow, "yellow"}, {Light::Red, "red"}}};

/// The moment at which the unit's own time is read: it stands still from the application on, so that a slow
/// reviewer does not redden the unit.
Instant unit_time(WorkItem const& item, Instant now) {
  return item.status.applied_at ? std::min(now, *item.status.applied_at) : now;
}

Date start_of(WorkItem const& item) {
  using namespace std::chrono;
  return item.definition.schedule.start.value_or(Date{year{item.definition.plan.value()} / January / 1});
}

/// The first instant at which an item that nobody has accepted counts as unsigned.
Instant unsigned_from(WorkItem const& item, LightPolicy const& policy,
                      calendar::BusinessCalendar const& calendar) {
  return end_of_day(calendar.add_working_days(start_of(item), policy.unsigned_working_days));
}

bool awaits_acceptance(WorkItem const& item) {
  ItemKind const kind = item.definition.kind;
  return (kind == ItemKind::Assignment || kind == ItemKind::Finding) && !item.status.accepted_at;
}

Instant due_soon_from(Date due, LightPolicy const& policy, calendar::BusinessCalendar const& calendar) {
  return start_of_day(policy.due_soon_working_days ? calendar.add_working_days(due, -policy.due_soon_days)
                                                   : add_days(due, -policy.due_soon_days));
}

/// Working days in [from, to); weekends alone in a year without data.
std::int64_t working_days(Date from, Date to, calendar::BusinessCalendar const& calendar) {
  std::int64_t count = 0;
  for (Date day = from; day < to; day = add_days(day, 1))
    if (calendar.is_working_day(day)) ++count;
  return count;
}

std::string percent(BasisPoints points) { return std::to_string(points / 100) + "%"; }

}  // namespace

std::string_view to_string(Light light) {
  for (auto const& [value, name] : names)
    if (value == light) return name;
  return "";
}

std::optional<Light> light_named(std::string_view name) {
  for (auto const& [value, candidate] : names)
    if (candidate == name) return value;
  return std::nullopt;
}

BasisPoints planned_progress(WorkItem const& item, Instant now, LightPolicy const& policy,
                             calendar::BusinessCalendar const& calendar) {
  if (!item.status.due) return 0;
  Instant const start = start_of_day(start_of(item));
  Instant const end = end_of_day(*item.status.due);
  if (now <= start) return 0;
  if (now >= end) return complete;
  if (policy.pace_working_days) {
    Date const first = start_of(item);
    std::int64_t const all = working_days(first, add_days(*item.status.due, 1), calendar);
    if (all == 0) return 0;
    return static_cast<BasisPoints>(working_days(first, local_date(now), calendar) * complete / all);
  }
  return static_cast<BasisPoints>((now - start).count() * complete / (end - start).count());
}

int days_overdue(WorkItem const& item, Instant now) {
  if (!item.status.open() || !item.status.due) return 0;
  return std::max(0, days_between(*item.status.due, local_date(unit_time(item, now))));
}

LightReading light_of(WorkItem const& item, Instant now, LightPolicy const& policy,
                      calendar::BusinessCalendar const& calendar) {
  ItemStatus const& status = item.status;
  if (status.closed) return {Light::Grey, {{"已销号", "closed"}}};
  if (status.cancelled) return {Light::Grey, {{"已终止", "cancelled"}}};

  Instant const at = unit_time(item, now);
  if (status.due && at >= end_of_day(*status.due)) {
    std::string const days = std::to_string(days_overdue(item, now));
    return {Light::Red, {{"已逾期 " + days + " 天", days + " days overdue"}}};
  }
  LightReading reading{Light::Green, {}};
  auto const warn = [&](Text reason) {
    reading.light = Light::Yellow;
    reading.reasons.push_back(std::move(reason));
  };
  if (awaits_acceptance(item) && at >= unsigned_from(item, policy, calendar))
    warn({"超过 " + std::to_string(policy.unsigned_working_days) + " 个工作日未签收",
          "not accepted within " + std::to_string(policy.unsigned_working_days) + " working days"});
  if (status.applied_at || !status.due) return reading;  // handed in: neither lateness nor pace counts now
  if (at >= due_soon_from(*status.due, policy, calendar)) {
    std::string const days = std::to_string(days_between(local_date(at), *status.due));
    warn({"距时限还有 " + days + " 天", "due in " + days + " days"});
  }
  BasisPoints const planned = planned_progress(item, at, policy, calendar);
  if (planned - status.progress >= policy.gap)
    warn({"进度 " + percent(status.progress) + "，落后于序时进度 " + percent(planned),
          "progress " + percent(status.progress) + " is behind the time schedule's " + percent(planned)});
  return reading;
}

std::optional<Instant> next_light_change(WorkItem const& item, Instant now, LightPolicy const& policy,
                                         calendar::BusinessCalendar const& calendar) {
  ItemStatus const& status = item.status;
  if (!status.open()) return std::nullopt;
  std::optional<Instant> next;
  auto const consider = [&](Instant instant) {
    if (instant > now && (!next || instant < *next)) next = instant;
  };
  if (awaits_acceptance(item)) consider(unsigned_from(item, policy, calendar));
  if (!status.due || status.applied_at) return next;
  consider(due_soon_from(*status.due, policy, calendar));
  // The reasons count days and percents, so they change daily while the item is behind or late.
  consider(start_of_day(add_days(local_date(now), 1)));
  Instant const start = start_of_day(start_of(item));
  Instant const end = end_of_day(*status.due);
  consider(end);
  auto const behind = static_cast<std::int64_t>(status.progress + policy.gap);
  if (behind <= complete)
    consider(start + Duration{((end - start).count() * behind + complete - 1) / complete});
  return next;
}

}  // namespace xiaohao::decision
