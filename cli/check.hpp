#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao check FILE… [--json]`, `xiaohao check --list [--json]`, `xiaohao check --permissions [--json]`:
/// what is wrong with a county's files; what lifecycles may name; who may do what.
int check_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
