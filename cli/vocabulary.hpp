#pragma once

#include <iosfwd>

namespace xiaohao::cli {

/// Every guard, action and delay that a lifecycle may name, with its parameters and the fields its event asks
/// for.
int print_vocabulary(std::ostream& out, bool as_json);

/// The permission table: who may send which event, and read what, in which relation to the item.
int print_permissions(std::ostream& out, std::ostream& err, bool as_json);

}  // namespace xiaohao::cli
