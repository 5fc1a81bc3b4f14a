#pragma once

#include <string>

#include "engine/audit/report.hpp"
#include "engine/store/sqlite/connection.hpp"

namespace xiaohao::audit {

/// Every file that a row of `evidence` names, in `directory`: there, of its size, and of its hash.
void check_evidence(store::sqlite::Connection& connection, std::string const& directory, Report& report);

}  // namespace xiaohao::audit
