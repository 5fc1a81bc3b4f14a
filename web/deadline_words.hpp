#pragma once

#include "engine/domain/command.hpp"
#include "web/application.hpp"

namespace xiaohao::web {

/// A later date may be asked for in the words of a plan, as `"phrase": "10月底"` or in the place of the date.
/// Puts the day that they mean into `due`, and keeps the words as `phrase`. Refuses (Malformed, where the
/// words stand) what names no day, or another day than `due`. Dates are local to the plan.
Result<void> read_deadline_words(Application const& application, Command& command);

}  // namespace xiaohao::web
