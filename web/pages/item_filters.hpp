#pragma once

// The form above the table of items: the same filters as `GET /api/v1/items`.

#include "web/found_items.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

/// `query` is what the form shows as chosen.
html::Html item_filters(Visit const& visit, std::map<std::string, std::string> const& query);

/// What is filtered by, as words with a link that takes each away; empty when nothing is.
html::Html chosen_filters(Visit const& visit, std::map<std::string, std::string> const& query);

}  // namespace xiaohao::web::pages
