#pragma once

// A checklist and an organisation from files, or from what is shipped, held against each other: what a plan
// is made from, for good or for a rehearsal.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "engine/creation.hpp"
#include "engine/decision/rules.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::cli {

struct PlanNames {
  std::string checklist;            ///< a file, or the name of a shipped one: `2024`
  std::string organisation;         ///< the same
  std::optional<std::string> year;  ///< as given; none: the checklist's own
  std::string command;              ///< for the message about the year
};

struct PlanInput {
  PlanDraft draft;
  Organisation organisation;
};

/// Where a refusal comes from: the file at fault.
struct Refused {
  std::string where;
  Refusal refusal;
};

/// A file, or when `name` is no path of one, what is shipped in `folder` under that name.
Result<nlohmann::json> read_document(std::string const& name, std::string const& folder);

/// A plan counts from the first instant of its year, or from now when that is still to come.
Instant counts_from(PlanYear year, Instant now);

tl::expected<PlanInput, Refused> read_plan_input(PlanNames const& names, decision::Rules const& rules,
                                                 Instant now);

}  // namespace xiaohao::cli
