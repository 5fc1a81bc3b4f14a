#pragma once

// 反馈问题: what an inspection or an audit has found wrong. The work of putting it right is a work item of
// kind Finding, with evidence, reviews and a ladder like any other; what is peculiar to it stands here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/plan.hpp"
#include "engine/domain/work_item.hpp"

namespace xiaohao {

/// How it is put right: at once 立行立改, by a day 限期整改, or for good 长期坚持.
enum class Rectification { Immediate, Dated, LongTerm };
std::string_view to_string(Rectification rectification);  ///< `immediate`, `dated`, `long_term`
std::optional<Rectification> rectification_named(std::string_view name);

/// The source of a self-check 举一反三自查: no inspection, but another unit's finding.
inline constexpr char const* self_check_source = "举一反三自查";

struct Finding {
  ItemId item{0};
  PlanYear plan{0};
  std::string source;            ///< 中央巡视, 省考核, 审计 …, as the county calls it
  std::string reference;         ///< its number in the source's own list; empty: none. One of each in a year
  std::optional<Date> fed_back;  ///< 反馈日期
  bool common = false;           ///< 共性问题: other units are likely to have it too
  Rectification rectification = Rectification::Dated;
  std::string problem;                ///< in the source's words; of a self-check empty: it is the first one's
  std::string goal;                   ///< 整改目标; of a self-check: what is to be looked for
  std::string measures;               ///< 整改措施, each that was added later on a line of its own
  std::optional<Username> person;     ///< 责任人
  std::vector<ItemId> linked;         ///< tasks of the plan that serve to put it right
  std::optional<ItemId> similar;      ///< the group of similar problems: the first item in it
  std::optional<ItemId> checks;       ///< the finding that this one is a self-check for
  std::optional<ItemId> relapse_of;   ///< a finding of the same unit that was closed, and is back
  std::vector<std::string> deepened;  ///< campaigns in which measures were added 深化
  std::vector<std::string> rechecked;  ///< campaigns in which it was looked at again after closing 回头看
  Username registered_by{""};
  Instant registered_at{};
  friend bool operator==(Finding const&, Finding const&) = default;

  bool is_self_check() const { return checks.has_value(); }
};

/// In which campaign something that happens on `day` counts: the one running, or the next to come; empty when
/// all are over.
std::string campaign_at(Date day, std::vector<Campaign> const& campaigns);

}  // namespace xiaohao
