#include "cli/rules.hpp"

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {

Result<InstalledRules> installed_rules() {
  Result<decision::Rules> rules = workflows::shipped_rules();
  if (!rules) return tl::unexpected(rules.error());
  Result<notifications::Policy> policy =
      json::read(*workflows::shipped("policies/escalation.json")).and_then(notifications::read_policy);
  if (!policy) return tl::unexpected(policy.error());
  auto ladder = std::make_shared<notifications::Ladder>(std::move(*policy), rules->calendar, rules->lights);
  rules->escalation = ladder;
  return InstalledRules{std::move(*rules), std::move(ladder)};
}

}  // namespace xiaohao::cli
