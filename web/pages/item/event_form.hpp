#pragma once

// The form of one event: what it needs, what stands against it, and, when it was refused, what is wrong
// beside what was typed.

#include <map>
#include <string>

#include "web/pages/item/item_view.hpp"

namespace xiaohao::web::pages {

/// An event that was sent by a form and refused.
struct Attempt {
  std::string type;
  std::map<std::string, std::string> form;
  Refusal refusal;
  std::optional<std::int64_t> seen;
};

/// How much of a form there is room for.
enum class FormShape {
  Folded,  ///< a line that opens
  Open,
};

/// A form that posts to the item's `/events`. Blocked, it is a button that cannot be pressed, with the
/// reasons. `back`: where a success leads, a path of this server; empty: to the item.
html::Html event_form(ItemView const& view, PossibleAction const& action, FormShape shape,
                      Attempt const* attempt, std::string_view back);

/// An event that needs nothing but a press: one button. `values` go with it as they are.
html::Html event_button(ItemView const& view, std::string_view type, std::string_view words,
                        std::map<std::string, std::string> const& values, std::string_view classes,
                        std::string_view back);

/// The payload that a form's fields make for `fields`. What cannot be read is passed on as it was typed, for
/// the engine to name.
nlohmann::json payload_of(std::map<std::string, std::string> const& form,
                          std::vector<decision::Field> const& fields, ItemDefinition const& definition);

/// What has been typed into a refused form that has no place any more.
html::Html typed_words(Say const& t, Attempt const& attempt);

}  // namespace xiaohao::web::pages
