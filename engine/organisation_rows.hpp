#pragma once

#include "engine/domain/organisation.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// Writes every unit, group and participant; nothing is taken away.
void put_organisation(store::Transaction& transaction, Organisation const& organisation);

}  // namespace xiaohao
