#pragma once

#include "engine/audit/report.hpp"
#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::audit {

/// Tables, indices and triggers against those that the migrations make; then what SQLite itself finds
/// damaged.
void check_schema(store::sqlite::Connection& connection, Report& report);

}  // namespace xiaohao::audit
