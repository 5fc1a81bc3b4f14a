#pragma once

// What all pages share: head, navigation, who is signed in, the demonstration's banner, messages, footer.
//
//     add_page(router, application, "/items", [](Visit const& visit) -> Result<Response> {
//       return page(visit, {.title = {"事项", "Items"}, .section = "/items"}, html::h1("…"));
//     });

#include <functional>
#include <string>

#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

struct PageHead {
  Text title;
  std::string section;  ///< the path of the navigation entry that is marked as the present one
  int status = 200;
  bool bare = false;  ///< without navigation: sign-in, wall chart
  bool wide = false;  ///< uses the whole width of the window: tables, wall chart
  bool live = false;  ///< reloads its parts marked `data-live` when an item changes
};

/// A whole page around `body`, which goes into `<main>`.
Response page(Visit const& visit, PageHead const& head, html::Html const& body);
/// The same around a body that is kept ready: only what is personal is written for this request.
Response page(Visit const& visit, PageHead const& head, std::string_view prepared_body);

/// For FrontDoor: what went wrong, and the way on.
Response error_page(Application& application, Request const& request, int status, Text const& detail);

/// A GET page for people of the organisation who are signed in: `visit.me` is there. A refusal becomes an
/// error page.
using Show = std::function<Result<Response>(Visit const&)>;
void add_page(Router& router, Application& application, std::string pattern, Show show);

/// Answers with the error page of `refusal`.
Response refusal_page(Visit const& visit, Refusal const& refusal);

/// A form that posts to `path`, with the session's CSRF token in it.
template <class... Parts>
html::Html post_form(Visit const& visit, std::string_view path, Parts&&... parts);

html::Html csrf_field(Visit const& visit);

template <class... Parts>
html::Html post_form(Visit const& visit, std::string_view path, Parts&&... parts) {
  return html::form(html::attr("method", "post"), html::action(path), csrf_field(visit), parts...);
}

}  // namespace xiaohao::web::pages
