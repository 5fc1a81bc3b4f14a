#pragma once

// `/admin/organisation` and the pages below it: units, groups and people, and the forms that change them.

#include <array>
#include <functional>

#include "web/asked_change.hpp"
#include "web/pages/layout.hpp"

namespace xiaohao::web::pages {

inline constexpr char const* organisation_path = "/admin/organisation";
inline constexpr std::array<Role, 8> all_roles{Role::Leader,
                                               Role::Coordinator,
                                               Role::Head,
                                               Role::Owner,
                                               Role::Inspector,
                                               Role::SystemAdministrator,
                                               Role::SecurityAdministrator,
                                               Role::Auditor};

std::string unit_page(UnitId const& unit);
std::string group_page(GroupId const& group);
std::string person_page(Username const& username);

html::Html labelled(std::string_view words, html::Html const& control);
/// A choice of units that are not retired, agencies before townships; `nothing` is what the empty choice
/// means, and when it is empty one must be chosen.
html::Html unit_select(Visit const& visit, char const* field, std::optional<UnitId> const& chosen,
                       std::string_view nothing);
/// The same of active people for whom `fits` holds.
html::Html person_select(Visit const& visit, char const* field, std::optional<Username> const& chosen,
                         std::string_view nothing, std::function<bool(Participant const&)> const& fits);
/// A box for each role, and what was ticked of them.
html::Html role_boxes(Visit const& visit, std::vector<Role> const& chosen);
std::vector<Role> roles_in(Request const& request);
/// `责任人、核查人`.
std::string roles_of(Visit const& visit, Participant const& person);

/// Says on `path` that it was done, or why not.
template <class Value>
Written<Value> told_on(std::string path, std::shared_ptr<Request const> request, Respond respond) {
  return [path = std::move(path), request = std::move(request),
          respond = std::move(respond)](Result<Value> const& written) {
    Say const t(request->language);
    std::string words(t("已记录", "Recorded"));
    if (!written) {
      words.clear();
      for (Fault const& fault : written.error().faults)
        words += (words.empty() ? "" : std::string(t("；", "; "))) + in(request->language, fault.detail);
    }
    respond(see_other_with(path, {!written, words}));
  };
}

void add_unit_pages(Router& router, Application& application);
void add_group_pages(Router& router, Application& application);
void add_person_pages(Router& router, Application& application);

}  // namespace xiaohao::web::pages
