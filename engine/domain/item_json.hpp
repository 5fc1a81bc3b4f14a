#pragma once

// Work items as JSON, as the journal keeps them: every field, in one fixed form.

#include <nlohmann/json_fwd.hpp>

#include "engine/domain/work_item.hpp"

namespace xiaohao {

nlohmann::json definition_to_json(ItemDefinition const& definition);
/// Of what `definition_to_json` wrote; throws std::exception for anything else.
ItemDefinition definition_from_json(nlohmann::json const& json);
nlohmann::json status_to_json(ItemStatus const& status);
/// Of what `status_to_json` wrote; throws std::exception for anything else.
ItemStatus status_from_json(nlohmann::json const& json);

}  // namespace xiaohao
