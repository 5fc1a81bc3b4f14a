#pragma once

// Rows to domain types and back, for what has more than a few columns.

#include <string>
#include <vector>

#include "engine/domain/evidence.hpp"
#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/plan.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/definition_cache.hpp"

namespace xiaohao::store::sqlite {

std::string campaigns_key(ItemDefinition const& definition);  ///< joined by 、

WorkItem read_item(Query const& row, DefinitionCache& definitions);  ///< the definition, then item_status.*
void bind_status(Query& query, ItemId item, ItemStatus const& status,
                 std::vector<std::string> const& active_states);

Plan read_plan(Query const& row);
void bind_plan(Query& query, Plan const& plan);
UnitGroup read_group(Query const& row);
void bind_group(Query& query, UnitGroup const& group);
Participant read_participant(Query const& row);
void bind_participant(Query& query, Participant const& participant);
Unit read_unit(Query const& row);
void bind_unit(Query& query, Unit const& unit);

Evidence read_evidence(Query const& row);
Notice read_notice(Query const& row);
void bind_notice(Query& query, Notice const& notice);

}  // namespace xiaohao::store::sqlite
