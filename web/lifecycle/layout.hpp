#pragma once

// Where everything of a lifecycle's picture stands, in pixels. Pure and deterministic: the same definition
// gives the same picture on every machine.
//
// Each state that holds others is laid out by itself, the innermost first: its children stand on a grid
// (`grid.hpp`), and lines run only in the channels above and below lanes and in the gaps between columns, so
// that none runs through a box. Lines to the same state run together on their last stretch.

#include <optional>
#include <string>
#include <vector>

#include "engine/statechart/definition.hpp"
#include "web/http/message.hpp"
#include "web/lifecycle/labels.hpp"

namespace xiaohao::web::lifecycle {

struct Point {
  int x = 0;
  int y = 0;
  friend bool operator==(Point const&, Point const&) = default;
};

struct Rectangle {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
};

/// Text with the top of its first line at `top`; `x` is its left end, or its middle when it is centred.
struct PlacedLabel {
  Label label;
  int x = 0;
  int top = 0;
  bool centred = false;
};

/// A transition that leads nowhere: it is written inside its state.
struct InnerTransition {
  statechart::Transition const* transition;
  PlacedLabel label;
};

struct Box {
  statechart::StateIndex state;
  Rectangle area;
  PlacedLabel title;
  std::vector<InnerTransition> inner;
};

struct Arrow {
  statechart::Transition const* transition;  ///< null: the default of a history state
  statechart::StateIndex from;
  std::vector<std::vector<Point>> lines;  ///< one for each target, with its head at the end
  std::optional<PlacedLabel> label;
};

/// The dot from which a state's first child is entered.
struct Start {
  Point dot;
  Point head;
};

struct Layout {
  int width = 0;
  int height = 0;
  std::vector<Box> boxes;  ///< every state once; a state before those it holds
  std::vector<Arrow> arrows;
  std::vector<Start> starts;
};

Layout layout_of(statechart::Definition const& definition, Language language);

}  // namespace xiaohao::web::lifecycle
