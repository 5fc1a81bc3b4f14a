#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao user (add|list|disable|enable|password) --db URL …`: who may sign in. Passwords come from `in`.
int user_command(std::vector<std::string> const& arguments, std::istream& in, std::ostream& out,
                 std::ostream& err);

}  // namespace xiaohao::cli
