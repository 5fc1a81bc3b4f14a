#pragma once

// What the dashboard shows to everybody alike: made once for a board and a language.

#include <functional>

#include "web/findings.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

using MayRead = std::function<bool(WorkItem const&)>;

/// Figures, campaigns, what is overdue and whose, what comes next, units. Items that `may_read` denies are
/// counted and not named. `findings` says what each campaign has done about findings.
html::Html dashboard_body(Say const& t, decision::Board const& board,
                          std::vector<CampaignFindings> const& findings, MayRead const& may_read);

}  // namespace xiaohao::web::pages
