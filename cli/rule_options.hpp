#pragma once

// `--calendar FILE`, `--policy FILE` and `--phrase ITEM=PHRASE`: other rules beside those in force, as
// `change` carries them out and `rehearse` plays them.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "cli/arguments.hpp"
#include "cli/kept_rules.hpp"
#include "cli/plan_input.hpp"
#include "engine/rule_change.hpp"

namespace xiaohao::cli {

/// The rules in force, and those beside them when others are asked for.
struct Rulebooks {
  InstalledRules in_force;
  std::optional<InstalledRules> changed;
  std::vector<PhraseChange> phrases;
  std::map<std::string, nlohmann::json> documents;  ///< what a database keeps of them

  bool has_changes() const { return changed || !phrases.empty(); }
  RuleChange change() const { return {in_force.rules, (changed ? *changed : in_force).rules, phrases}; }
};

tl::expected<Rulebooks, Refused> read_rulebooks(Arguments const& arguments, InstalledRules in_force,
                                                std::string const& command);

}  // namespace xiaohao::cli
