#include "web/token_scope.hpp"

#include <algorithm>
#include <array>

namespace xiaohao::web {
namespace {

using identity::Scope;

struct Need {
  std::string_view pattern;  ///< of the API, without its base
  Scope scope;
};

constexpr std::array<Need, 19> changes{{{"/items/{id}/events", Scope::Items},
                                        {"/items/{id}/evidence", Scope::Items},
                                        {"/notices/{id}/acknowledge", Scope::Items},
                                        {"/items/{id}/erasures", Scope::Plan},
                                        {"/documents", Scope::Plan},
                                        {"/silences", Scope::Plan},
                                        {"/silences/{id}/end", Scope::Plan},
                                        {"/absences", Scope::Plan},
                                        {"/absences/{id}/end", Scope::Plan},
                                        {"/reviews", Scope::Items},
                                        {"/reinspections", Scope::Plan},
                                        {"/findings", Scope::Plan},
                                        {"/findings/{id}/group", Scope::Plan},
                                        {"/findings/{id}/self-checks", Scope::Plan},
                                        {"/groups", Scope::Plan},
                                        {"/groups/{id}", Scope::Plan},
                                        {"/groups/{id}/members", Scope::Plan},
                                        {"/units/{id}/hand-over", Scope::Plan},
                                        {"/participants/{username}/hand-over", Scope::Plan}}};

constexpr std::string_view base = "/api/v1";

}  // namespace

Scope scope_needed(std::string_view method, std::string_view pattern) {
  if (method == "GET" || method == "HEAD" || method == "OPTIONS") return Scope::Read;
  if (!pattern.starts_with(base)) return Scope::Admin;
  std::string_view const path = pattern.substr(base.size());
  auto const need =
      std::find_if(changes.begin(), changes.end(), [&](Need const& known) { return known.pattern == path; });
  return need == changes.end() ? Scope::Admin : need->scope;
}

}  // namespace xiaohao::web
