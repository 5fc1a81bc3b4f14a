#pragma once

// A lifecycle as a picture: SVG for the eye, and the same in words for whoever cannot see it or would rather
// read.

#include "engine/statechart/interpreter.hpp"
#include "web/lifecycle/path.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

/// Larger machines are told in words only: nobody could find his way in such a picture.
inline constexpr std::size_t drawn_states_max = 400;

/// Where one item stands, and how it came there.
struct Progress {
  statechart::Configuration present;
  lifecycle::Path path;
};

/// A `<figure>`. With `progress`, the present states are marked and the way taken is emphasised. `id` names
/// its parts within the page.
html::Html lifecycle_picture(Say const& t, statechart::Definition const& definition, Progress const* progress,
                             std::string_view id);

/// The picture alone.
html::Html lifecycle_svg(Say const& t, statechart::Definition const& definition, Progress const* progress,
                         std::string_view id);

/// Every state with what leads out of it, nested as they are.
html::Html lifecycle_in_words(Say const& t, statechart::Definition const& definition,
                              Progress const* progress);

}  // namespace xiaohao::web::pages
