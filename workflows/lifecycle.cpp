#include "workflows/lifecycle.hpp"

#include "engine/decision/lifecycle_check.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::workflows {

Result<statechart::Definition> read_lifecycle(std::string_view document, ItemKind kind) {
  auto definition = json::read_ordered(document, statechart::machine_limits).and_then(statechart::load);
  if (!definition) return definition;
  if (auto const sound = statechart::refused_for(decision::lifecycle_flaws(*definition, kind)); !sound)
    return tl::unexpected(sound.error());
  return definition;
}

}  // namespace xiaohao::workflows
