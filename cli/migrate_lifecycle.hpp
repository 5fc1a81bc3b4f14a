#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao migrate-lifecycle --db URL --lifecycle FILE --mapping FILE [--commit --as USER] [--json]`: where
/// each running item would stand in a new version of its lifecycle, and, with `--commit`, moves them all or
/// none. Exit code 1: some item cannot move.
int migrate_lifecycle_command(std::vector<std::string> const& arguments, Clock const& clock,
                              std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
