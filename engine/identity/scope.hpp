#pragma once

// What an access token may be used for. A scope only narrows what its owner may do; it gives no right that he
// has not.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/text.hpp"

namespace xiaohao::identity {

enum class Scope {
  Read,   ///< reads, and nothing else; every other scope reads as well
  Items,  ///< events of items, evidence, acknowledging notices: a unit's own work
  Plan,   ///< what is about more than one item: documents, silences, absences, erasures
  Admin,  ///< units, people, accounts, the demonstration's clock
};

struct ScopeName {
  Scope scope;
  std::string_view name;
  Text meaning;
};
std::array<ScopeName, 4> const& scope_names();

std::string_view name_of(Scope scope);  ///< `read`, `items`, `plan`, `admin`
std::optional<Scope> scope_named(std::string_view name);

/// Nothing: a token of before there were scopes, which may be used for everything.
using Scopes = std::optional<std::vector<Scope>>;

bool covers(Scopes const& scopes, Scope needed);
/// `items plan`, as OAuth 2.0 (RFC 6749, 3.3) writes a list of scopes; in the order above.
std::string text_of(std::vector<Scope> const& scopes);
/// What `text_of` wrote; names that are not known are left out, so that they open nothing.
std::vector<Scope> scopes_in(std::string_view text);

}  // namespace xiaohao::identity
