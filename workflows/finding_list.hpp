#pragma once

// A list of findings as an inspection hands it over: CSV, one row a finding, or `xiaohao-findings/1` JSON.
//
//     问题来源,编号,问题名称,问题描述,责任单位,整改时限
//     审计,审2024-3,资产台账缺失,扶贫资产未建台账,县财政局,6月底
//
// CSV may be UTF-8 (with or without a byte order mark) or GB18030, with commas or tabs; columns may stand in
// any order, under their Chinese or English names, and the ledger's own export can be read again.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/organisation.hpp"
#include "engine/findings.hpp"

namespace xiaohao::workflows {

struct ListedFinding {
  std::string place;  ///< for people: `row 3`, `/findings/2`
  FindingWish wish;
};

struct FindingList {
  std::vector<ListedFinding> findings;
  std::vector<Fault> faults;  ///< of single rows, their pointers begun with the place: `row 3/unit`
};

/// Units and people are known by name or id; tasks 关联任务 by their row numbers, which `task_of` turns into
/// items. Refuses (Malformed) what is no such list at all: no JSON or CSV, a column that is missing, unknown
/// or there twice, more than 10,000 rows, a file that is neither UTF-8 nor GB18030. What is wrong with single
/// rows is in `faults`.
using TaskOf = std::function<std::optional<ItemId>(int number)>;
Result<FindingList> read_finding_list(std::string_view text, PlanYear plan, Organisation const& organisation,
                                      TaskOf const& task_of);

/// The name of a field as the list's columns call it: `/unit` is 责任单位.
std::string column_of(std::string_view pointer);

}  // namespace xiaohao::workflows
