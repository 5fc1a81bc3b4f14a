#include "engine/store/sqlite/definition_cache.hpp"

#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::store::sqlite {

ItemDefinition const& DefinitionCache::read(ItemId id, std::string_view json) {
  if (auto const known = definitions_.find(id); known != definitions_.end()) return known->second;
  if (definitions_.size() >= definitions_max) definitions_.clear();
  return definitions_.emplace(id, definition_from_json(nlohmann::json::parse(json))).first->second;
}

}  // namespace xiaohao::store::sqlite
