#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao verify --db URL [--since HEADFILE] [--json]`. Exit code 0: everything agrees; 1: what does not is
/// named.
int verify_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
