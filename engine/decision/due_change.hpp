#pragma once

#include "engine/decision/decide.hpp"

namespace xiaohao::decision {

/// A due date that a changed phrase, calendar or policy moves, where the item stands: the entry `due.changed`
/// with `payload`, whose `due` is the new date. The delays that are counted from it move with it.
Decision change_due(nlohmann::json payload, Actor const& actor, Context const& context);

}  // namespace xiaohao::decision
