#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "engine/silencing.hpp"

namespace xiaohao::cli {

/// `xiaohao organisation add-group|change-group GROUP`, inside one work of the store: its name, its members,
/// and what becomes of the shares of those that leave. Returns what was done, in words.
Result<std::string> change_group(store::Transaction& transaction, std::string const& verb,
                                 GroupId const& group, Arguments const& arguments, Asking const& asking);

}  // namespace xiaohao::cli
