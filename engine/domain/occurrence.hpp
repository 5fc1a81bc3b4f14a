#pragma once

// 周期任务: one period's instance of a duty that recurs. Its schedule keeps the period as start and due, and
// the RFC 5545 rule of its series, until the series' last day, as the recurrence.

#include <optional>
#include <vector>

#include "engine/domain/plan.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao {

/// Whether an item is an occurrence with another one to come.
bool has_next_occurrence(ItemDefinition const& item);

/// The occurrence that follows `present`: its words, its unit, its doubts; the next period, and of
/// `campaigns` that into which its day falls. It has no id yet. None: `present` is the last, or no
/// occurrence.
std::optional<ItemDefinition> next_occurrence(ItemDefinition const& present,
                                              std::vector<Campaign> const& campaigns);

}  // namespace xiaohao
