#pragma once

// What the benchmarks' counties are made of.

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "engine/domain/work_item.hpp"

namespace xiaohao::bench {

/// The answer, or the end of the program: a benchmark of what was refused measures nothing.
template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().first().detail.en.c_str());
    std::exit(3);
  }
  return std::move(*result);
}

/// An item of 2024 as long as most rows of the plan are; with a unit, its share as lead. Without a deadline.
inline ItemDefinition item(int number, ItemKind kind, std::optional<UnitId> unit = std::nullopt) {
  ItemDefinition made{
      ItemId{0}, PlanYear{2024}, std::nullopt, kind, number, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  made.title = "任务" + std::to_string(number);
  made.content = "安居扶贫巩固提升，逐户核查，建立台账，按月调度，限期销号。";
  if (unit) made.role = UnitRole::Lead;
  made.unit = std::move(unit);
  return made;
}

}  // namespace xiaohao::bench
