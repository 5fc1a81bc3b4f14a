#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao serve …`: the server. Prints `listening on http://HOST:PORT` when it is ready; SIGTERM or SIGINT
/// lets it finish what runs and exit with 0.
int serve_command(std::vector<std::string> const& arguments, std::string const& version, std::ostream& out,
                  std::ostream& err);

}  // namespace xiaohao::cli
