#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao machine FILE --events FILE|- [--json] [--guards true|false|JSON] [--delays JSON]`: runs a
/// lifecycle without a database.
int machine_command(std::vector<std::string> const& arguments, std::istream& in, std::ostream& out,
                    std::ostream& err);

}  // namespace xiaohao::cli
