#pragma once

// The words of a lifecycle: what its states and transitions are called, in both languages, and how much room
// such words take in a picture.

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/text.hpp"
#include "engine/statechart/definition.hpp"

namespace xiaohao::web::lifecycle {

/// `meta.label`, or the state's key.
Text label_of(statechart::State const& state);

/// `meta.label`; else what sets it off: the event, the delay, the guard.
Text label_of(statechart::Definition const& definition, statechart::Transition const& transition);

/// Nobody sends it: a delay that ends, a part that is done, a condition that has become true.
bool is_automatic(statechart::Transition const& transition);

/// It only keeps the states around it from taking the event.
bool forbids(statechart::Transition const& transition);

/// Every transition of the machine, states in document order and each state's in order.
std::vector<statechart::Transition const*> transitions_of(statechart::Definition const& definition);

/// A label broken into lines; lengths are in pixels.
struct Label {
  std::vector<std::string> lines;
  int width = 0;
  int height = 0;
};

inline constexpr int state_font = 15;
inline constexpr int event_font = 12;

/// How wide `text` is at most at `font` pixels: an em for an ideograph, a good half for a Latin letter. Fonts
/// differ between machines, so it errs on the wide side.
int width_of(std::string_view text, int font);

/// Breaks `text` into at most `lines_max` lines of about equal length, as near to `width` as that allows;
/// between ideographs anywhere, in Latin at spaces. What is still too long is cut with an ellipsis.
Label wrap(std::string_view text, int font, int width, int lines_max);

}  // namespace xiaohao::web::lifecycle
