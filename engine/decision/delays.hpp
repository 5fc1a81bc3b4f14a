#pragma once

// The delays that a lifecycle may name beside fixed times, computed from the item's schedule and the county's
// working days:
//
//     due  due-3wd  due+5d      from the end of the day that is due now: `wd` working days, `d` calendar days
//     start  start+3wd          from the beginning of the day the item's schedule starts
//     3wd                       so many working days after the state was entered
//     redo                      the end of the day by which a return asked to be handed in again
//     publicity                 the county's days of publicity 公示
//
// All of them end when a local day ends, but `start…`, which ends when one begins, and `publicity` in
// calendar days, which are of 24 hours. So `due-3wd` leaves three whole working days.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/decision/rules.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao::decision {

/// The forms of a named delay and what each counts from, for people who write lifecycles.
std::vector<std::pair<std::string_view, Text>> delay_forms();

/// The names that a lifecycle may use.
bool is_named_delay(std::string_view name);

/// Whether the delay moves when the item's due date does.
bool follows_due_date(statechart::Delay const& delay);

/// When a delay that begins at `now` ends, at `now` at the earliest. None: the item has no such date, so that
/// the delay never ends; nor does one of an unknown name, which no lifecycle that was checked has.
std::optional<Instant> end_of_delay(statechart::Delay const& delay, Instant now,
                                    ItemDefinition const& definition, ItemStatus const& status,
                                    Rules const& rules);

}  // namespace xiaohao::decision
