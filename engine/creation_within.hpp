#pragma once

#include "engine/creation.hpp"

namespace xiaohao {

/// `create_plan` inside a transaction that somebody else commits, or that nobody does: a rehearsal's.
Result<void> create_plan_within(store::Transaction& transaction, decision::Rules const& rules,
                                PlanDraft const& draft, Organisation const& organisation,
                                std::map<std::string, std::string> const& lifecycles, Moment moment);

}  // namespace xiaohao
