#pragma once

// Work items as JSON, as the journal keeps them: every field, in one fixed form.

#include <nlohmann/json_fwd.hpp>

#include "engine/domain/work_item.hpp"

namespace xiaohao {

nlohmann::json definition_to_json(ItemDefinition const& definition);
ItemDefinition definition_from_json(nlohmann::json const& json);  ///< of what `definition_to_json` wrote
nlohmann::json status_to_json(ItemStatus const& status);
ItemStatus status_from_json(nlohmann::json const& json);  ///< of what `status_to_json` wrote

}  // namespace xiaohao
