#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

namespace xiaohao::cli {

/// A report of `xiaohao-rehearsal/1` for the terminal: the heads of its lists; `--json` has all of them.
void print_rehearsal(std::ostream& out, nlohmann::json const& report);

}  // namespace xiaohao::cli
