#pragma once

#include <memory>

#include "engine/decision/rules.hpp"
#include "notifications/ladder.hpp"

namespace xiaohao::cli {

/// The shipped rules with the shipped ladder in them: what `init` makes items by and `serve` runs them by.
struct InstalledRules {
  decision::Rules rules;
  std::shared_ptr<notifications::Ladder const> ladder;  ///< the same that `rules.escalation` is
};
Result<InstalledRules> installed_rules();

}  // namespace xiaohao::cli
