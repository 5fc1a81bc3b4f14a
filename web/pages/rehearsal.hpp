#pragma once

#include "web/application.hpp"

namespace xiaohao::web::pages {

/// By the permission table: whoever may send `rehearse`.
bool may_rehearse(decision::Rules const& rules, Participant const& participant);

void add_rehearsal_page(Router& router, Application& application);

}  // namespace xiaohao::web::pages
