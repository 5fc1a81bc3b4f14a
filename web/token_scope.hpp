#pragma once

#include <string_view>

#include "engine/identity/scope.hpp"

namespace xiaohao::web {

/// The scope that an access token needs for a route, by its method and pattern. What changes something and is
/// of no table here needs the strictest, so that a new route opens to no token by being forgotten.
identity::Scope scope_needed(std::string_view method, std::string_view pattern);

}  // namespace xiaohao::web
