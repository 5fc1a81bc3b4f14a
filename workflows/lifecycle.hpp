#pragma once

#include <string_view>

#include "engine/domain/work_item.hpp"
#include "engine/model/result.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::workflows {

/// Reads a document of `xiaohao-lifecycle/1` that items of `kind` are to run. Refuses every fault it finds at
/// once, with its pointer and where there is one the offending path: what is no statechart, names that the
/// engine does not know, and whatever would let an item stall for ever or close without evidence and a second
/// person.
Result<statechart::Definition> read_lifecycle(std::string_view document, ItemKind kind);

}  // namespace xiaohao::workflows
