#pragma once

// What a participant may be called, and which roles one person may combine.

#include <optional>
#include <string_view>
#include <vector>

#include "engine/domain/organisation.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::identity {

/// Why one person may not have all of these roles; none: they may. The three administrators exclude one
/// another and every role that acts on items (GB/T 22239-2019, level three: 三权分立).
std::optional<Text> conflict_between(std::vector<Role> const& roles);

/// 1 to 60 characters that can be seen, of a person or a unit.
bool is_visible_name(std::string_view text);

/// Every fault of a participant as somebody typed it: `/username`, `/name`, `/roles`, `/unit`, `/email`. A
/// name has no invisible characters, so that nobody can look like somebody else.
Result<void> check_participant(Participant const& participant, Organisation const& organisation);

}  // namespace xiaohao::identity
