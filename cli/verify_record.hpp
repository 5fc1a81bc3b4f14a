#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace xiaohao::cli {

/// `xiaohao verify-record FILE [--key FILE] [--json]`: checks an exported close-out record without a
/// database.
int verify_record_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err);

}  // namespace xiaohao::cli
