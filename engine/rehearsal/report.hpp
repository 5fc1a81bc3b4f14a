#pragma once

// What a played year says: who was told how much and when, who was red, which weeks are heavy, what the
// holidays move, and which steps of the ladder would find nobody. As JSON, `xiaohao-rehearsal/1`, which
// `docs/rehearsal.md` describes; the page and the command line show it, and scripts read it.

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "engine/rehearsal/play.hpp"

namespace xiaohao::rehearsal {

/// `weekends_alone`: the same policy without holidays and make-up days, to tell what they move; null: not
/// told.
nlohmann::json report_of(Stage const& stage, Play const& played, Terms const& terms,
                         decision::Escalation const* weekends_alone);

/// What `changed` tells more, fewer and on other days than `as_is`: by kind of step and by unit, and each
/// notice. Both must have been played from the same items.
nlohmann::json comparison_of(Stage const& as_is, Stage const& changed);

}  // namespace xiaohao::rehearsal
