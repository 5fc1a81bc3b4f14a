#include "cli/changed_rules.hpp"

#include "engine/json/document.hpp"
#include "workflows/policy.hpp"

namespace xiaohao::cli {
namespace {

InstalledRules with_ladder(InstalledRules rules, notifications::Policy policy) {
  rules.ladder =
      std::make_shared<notifications::Ladder>(std::move(policy), rules.rules.calendar, rules.rules.lights);
  rules.rules.escalation = rules.ladder;
  return rules;
}

}  // namespace

Result<InstalledRules> with_calendar(InstalledRules rules, nlohmann::json const& document) {
  auto calendar = calendar::BusinessCalendar::read(document);
  if (!calendar) return tl::unexpected(calendar.error());
  rules.rules.calendar = std::move(*calendar);
  notifications::Policy policy = rules.ladder->policy();
  return with_ladder(std::move(rules), std::move(policy));
}

Result<InstalledRules> with_policy(InstalledRules rules, nlohmann::json const& document) {
  auto const numbers = workflows::read_policy(document);
  if (!numbers) return tl::unexpected(numbers.error());
  if (document.contains("lights")) rules.rules.lights = numbers->lights;
  if (document.contains("settings")) rules.rules.settings = numbers->settings;
  if (document.contains("evidence")) rules.rules.evidence = numbers->evidence;
  if (!document.contains("escalation")) {
    notifications::Policy unchanged = rules.ladder->policy();
    return with_ladder(std::move(rules), std::move(unchanged));  // which looks at the lights
  }
  auto policy = notifications::read_policy(document);
  if (!policy) return tl::unexpected(policy.error());
  return with_ladder(std::move(rules), std::move(*policy));
}

notifications::Ladder without_holidays(InstalledRules const& rules) {
  return {rules.ladder->policy(), calendar::BusinessCalendar{}, rules.rules.lights};
}

}  // namespace xiaohao::cli
