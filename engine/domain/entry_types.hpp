#pragma once

#include <string_view>

namespace xiaohao {

/// Does an entry of this type tell people something and move no item: `plan.created`, `escalation.step` …? An
/// entry that moves none and is of no such type was written by another version; it is set apart, and shown as
/// such.
bool only_tells(std::string_view type);

}  // namespace xiaohao
