#pragma once

// Rules that were changed in a running year (`xiaohao change`) are kept in the database, by section, and go
// before those of the program; so do the lifecycles that its items began, or were moved to.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/rules.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::cli {

/// Under which the database keeps the section `escalation` of a policy.
inline constexpr char const* kept_escalation = "rules/escalation";

/// The installed rules with the sections that `reader` keeps in place of their own, and its lifecycles.
/// Refuses what cannot be read, naming the section.
Result<InstalledRules> rules_in_force(store::Reader const& reader);

/// Keeps the shipped lifecycles that the database lacks: items of a kind that came later begin them.
Result<void> keep_lifecycles(store::Store& store);

/// What is kept of a calendar, `rules/calendar`.
std::map<std::string, nlohmann::json> kept_calendar(nlohmann::json const& document);
/// What is kept of a policy: each of its sections by itself, `rules/lights`, `rules/settings`,
/// `rules/escalation`.
std::map<std::string, nlohmann::json> kept_policy(nlohmann::json const& document);

}  // namespace xiaohao::cli
