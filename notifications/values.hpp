#pragma once

// What the placeholders of a message stand for.

#include "engine/domain/organisation.hpp"
#include "engine/domain/work_item.hpp"
#include "notifications/wording.hpp"

namespace xiaohao::notifications {

/// The item's own; `recipient`, `actor` and `words` are left empty. Days are local calendar days at `now`.
Values values_of(WorkItem const& item, Organisation const& organisation, Instant now);

std::string chinese_date(Date date);  ///< `2024年2月29日`

}  // namespace xiaohao::notifications
