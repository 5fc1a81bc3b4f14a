#include "engine/identity/scope.hpp"

#include <algorithm>

namespace xiaohao::identity {

std::array<ScopeName, 4> const& scope_names() {
  static std::array<ScopeName, 4> const names{
      {{Scope::Read, "read", {"只读", "read only"}},
       {Scope::Items, "items", {"办理事项：签收、反馈、佐证、审核、通知签收", "act on items and notices"}},
       {Scope::Plan, "plan", {"公文、静默与代理、依法删除", "papers, silences, absences, erasures"}},
       {Scope::Admin, "admin", {"单位、人员、账号等管理", "units, people and accounts"}}}};
  return names;
}

std::string_view name_of(Scope scope) {
  for (ScopeName const& known : scope_names())
    if (known.scope == scope) return known.name;
  return {};
}

std::optional<Scope> scope_named(std::string_view name) {
  for (ScopeName const& known : scope_names())
    if (known.name == name) return known.scope;
  return std::nullopt;
}

bool covers(Scopes const& scopes, Scope needed) {
  if (!scopes) return true;
  if (needed == Scope::Read) return !scopes->empty();
  return std::find(scopes->begin(), scopes->end(), needed) != scopes->end();
}

std::string text_of(std::vector<Scope> const& scopes) {
  std::string text;
  for (ScopeName const& known : scope_names())
    if (std::find(scopes.begin(), scopes.end(), known.scope) != scopes.end())
      text += (text.empty() ? "" : " ") + std::string(known.name);
  return text;
}

std::vector<Scope> scopes_in(std::string_view text) {
  std::vector<Scope> scopes;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(' '), text.size());
    if (auto const scope = scope_named(text.substr(0, end))) scopes.push_back(*scope);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

}  // namespace xiaohao::identity
