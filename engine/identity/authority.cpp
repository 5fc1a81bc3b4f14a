#include "engine/identity/authority.hpp"

#include "engine/json/document.hpp"

namespace xiaohao::identity {

void record(store::Transaction& transaction, Authority const& authority, std::string type,
            nlohmann::json payload) {
  transaction.append({0, authority.at, authority.at, authority.actor, std::nullopt, std::move(type),
                      std::move(payload), nlohmann::json::object()});
}

}  // namespace xiaohao::identity
