#pragma once

// What the pages about one's own account share.

#include "web/pages/html.hpp"
#include "web/pages/layout.hpp"

namespace xiaohao::web::pages {

inline constexpr char const* account_path = "/account";

/// Does `change` on a thread that may hash a password and wait for the disk, and answers with what it gives.
using AccountChange = std::function<Response(identity::Identity&, Request const&)>;
void add_account_change(Router& router, Application& application, std::string pattern, AccountChange change);

/// Back to `path`, saying `done`, or what was refused.
Response back_to(std::string path, Request const& request, Result<void> const& outcome, Text const& done);

/// Who changes his own account, and when by the product's clock.
identity::Authority authority_of(Application& application, Request const& request);

html::Html password_field(std::string_view label_text, char const* field_name, char const* completion);

/// The addresses by which calendar programs read due dates, and the form that makes one.
html::Html calendars_section(Visit const& visit);

void add_account_page(Router& router, Application& application);
void add_one_time_codes_page(Router& router, Application& application);
void add_account_calendars(Router& router, Application& application);

}  // namespace xiaohao::web::pages
