#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/rules.hpp"

namespace xiaohao::cli {

/// `rules` by another calendar: a document of `xiaohao-calendar/1` that takes the place of the whole one.
Result<InstalledRules> with_calendar(InstalledRules rules, nlohmann::json const& document);

/// `rules` by another policy: the sections that a document of `xiaohao-policy/1` has take the place of those
/// there were.
Result<InstalledRules> with_policy(InstalledRules rules, nlohmann::json const& document);

/// The same ladder as if there were no holidays and no make-up days.
notifications::Ladder without_holidays(InstalledRules const& rules);

}  // namespace xiaohao::cli
