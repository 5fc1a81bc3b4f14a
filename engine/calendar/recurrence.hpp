#pragma once

// The days on which a recurring duty falls due: an RFC 5545 rule, as far as deadline phrases make one.

#include <string_view>
#include <vector>

#include "engine/model/time.hpp"

namespace xiaohao::calendar {

/// The occurrences of `rule` in [first, last], in order; `first` is the rule's DTSTART, from which intervals
/// are counted (RFC 5545, 3.3.10, weeks begin on Monday). A day that a month does not have is left out, as
/// the RFC says. Refuses (Malformed) parts that no deadline phrase makes: COUNT, UNTIL, BYSETPOS …
Result<std::vector<Date>> occurrences(std::string_view rule, Date first, Date last);

}  // namespace xiaohao::calendar
