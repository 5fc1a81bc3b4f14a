#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao token (create|list|revoke) --db URL …`: personal access tokens, for scripts.
int token_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
