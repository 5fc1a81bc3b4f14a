#pragma once

// What waits for a person, as the dashboard, the desk and the review queue list it.

#include "web/pages/visit.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {

/// One row: light and due date, the item, what is expected, whose it is and why it is not green. `more`
/// stands below.
html::Html duty_row(Visit const& visit, WaitingItem const& waiting, Instant now, html::Html const& more = {});

/// What the last entry of one of these types in the item's journal says, and when; nothing when there is
/// none.
struct Said {
  Instant at;
  Username by;
  std::string words;
};
std::optional<Said> last_said(store::Reader const& reader, ItemId item,
                              std::initializer_list<std::string_view> types);

}  // namespace xiaohao::web::pages
