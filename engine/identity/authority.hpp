#pragma once

// Changes of accounts are journalled like all others, without secrets.

#include <nlohmann/json_fwd.hpp>

#include "engine/domain/command.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::identity {

/// Who changes an account, and when by the product's clock: what the journal keeps of it.
struct Authority {
  Actor actor;
  Instant at;
};

/// Appends an entry about no item.
void record(store::Transaction& transaction, Authority const& authority, std::string type,
            nlohmann::json payload);

}  // namespace xiaohao::identity
