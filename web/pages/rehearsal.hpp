#pragma once

#include "engine/decision/rules.hpp"
#include "engine/domain/organisation.hpp"

namespace xiaohao::web::pages {

/// By the permission table: whoever may send `rehearse`.
bool may_rehearse(decision::Rules const& rules, Participant const& participant);

}  // namespace xiaohao::web::pages
