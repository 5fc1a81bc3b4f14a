#include "web/pages/lifecycle_picture.hpp"

#include <algorithm>
#include <cstdlib>

#include "web/lifecycle/layout.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using lifecycle::Arrow;
using lifecycle::Box;
using lifecycle::Layout;
using lifecycle::PlacedLabel;
using lifecycle::Point;
using statechart::Definition;
using statechart::State;
using statechart::StateIndex;
using statechart::StateType;
using statechart::Transition;

constexpr int corner = 6;  ///< radius at which a line turns
constexpr int head_length = 9;
constexpr int head_half = 4;

std::string at(int x, int y) { return std::to_string(x) + " " + std::to_string(y); }

Point towards(Point from, Point to, int distance) {
  int const dx = to.x - from.x, dy = to.y - from.y;
  int const length = std::abs(dx) + std::abs(dy);  // lines run along the axes
  if (length == 0) return from;
  return {from.x + dx * distance / length, from.y + dy * distance / length};
}
int length_of(Point a, Point b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y); }

std::string path_along(std::vector<Point> const& line) {
  std::string path = "M" + at(line.front().x, line.front().y);
  for (std::size_t place = 1; place + 1 < line.size(); ++place) {
    Point const turn = line[place];
    int const radius =
        std::min({corner, length_of(line[place - 1], turn) / 2, length_of(turn, line[place + 1]) / 2});
    Point const before = towards(turn, line[place - 1], radius),
                after = towards(turn, line[place + 1], radius);
    path += "L" + at(before.x, before.y) + "Q" + at(turn.x, turn.y) + " " + at(after.x, after.y);
  }
  Point const tip = towards(line.back(), line[line.size() - 2], 2);
  return path + "L" + at(tip.x, tip.y);
}

std::string head_at(Point tip, Point from) {
  Point const base = towards(tip, from, head_length);
  bool const level = tip.y == from.y;
  Point const left = level ? Point{base.x, base.y - head_half} : Point{base.x - head_half, base.y};
  Point const right = level ? Point{base.x, base.y + head_half} : Point{base.x + head_half, base.y};
  return "M" + at(tip.x, tip.y) + "L" + at(left.x, left.y) + "L" + at(right.x, right.y) + "Z";
}

class Drawing {
 public:
  Drawing(Say const& t, Definition const& definition, Progress const* progress)
      : t_(t),
        definition_(definition),
        progress_(progress),
        layout_(lifecycle::layout_of(definition, t.language())) {}

  Html svg(std::string_view id) const {
    std::string const title_id = std::string(id) + "-title", words_id = std::string(id) + "-words";
    auto const of_kind = [&](bool holding) {
      return each(layout_.boxes, [&](Box const& box) {
        return definition_.state(box.state).children.empty() == holding ? Html{} : drawn(box);
      });
    };
    auto const arrows = [&](bool taken) {
      return each(layout_.arrows,
                  [&](Arrow const& arrow) { return (times(arrow) > 0) == taken ? drawn(arrow) : Html{}; });
    };
    return html::svg(
        cls("lifecycle-picture"), attr("role", "img"), attr("width", layout_.width),
        attr("height", layout_.height), attr("viewBox", "-1 -1 " + at(layout_.width + 2, layout_.height + 2)),
        attr("aria-labelledby", title_id + " " + words_id),
        title(html::id(title_id), t_(lifecycle::label_of(definition_.state(0)).zh + "的流程图",
                                     "Lifecycle of " + lifecycle::label_of(definition_.state(0)).en)),
        element("desc", {html::id(words_id), summary()}), of_kind(true),
        each(layout_.starts, [](lifecycle::Start const& start) { return drawn(start); }), arrows(false),
        arrows(true), of_kind(false),
        each(layout_.arrows, [&](Arrow const& arrow) { return labelled(arrow); }));
  }

 private:
  Say const& t_;
  Definition const& definition_;
  Progress const* progress_;
  Layout layout_;

  int times(Arrow const& arrow) const {
    if (!progress_ || !arrow.transition) return 0;
    auto const found = progress_->path.taken.find(arrow.transition);
    return found == progress_->path.taken.end() ? 0 : found->second;
  }
  bool is_present(StateIndex state) const { return progress_ && progress_->present.contains(state); }

  std::string summary() const {
    std::vector<std::string> present;
    for (Box const& box : layout_.boxes)
      if (is_present(box.state) && definition_.state(box.state).is_leaf())
        present.push_back(word(lifecycle::label_of(definition_.state(box.state))));
    std::string const states = std::to_string(layout_.boxes.size());
    if (t_.english())
      return states + " states." + (present.empty() ? "" : " Now: " + listed(t_, present) + ".") +
             " Told in words below.";
    return states + " 个状态。" + (present.empty() ? "" : "现在：" + listed(t_, present) + "。") +
           "文字说明见图下。";
  }
  std::string word(Text const& text) const { return in(t_.language(), text); }

  static Html lines_of(PlacedLabel const& label, int font) {
    int y = label.top;
    return each(label.label.lines, [&](std::string const& line) {
      y += font + 3;
      return text(attr("x", label.x), attr("y", y - 4),
                  label.centred ? attr("text-anchor", "middle") : flag("text-anchor", false), line);
    });
  }

  std::string classes_of(Box const& box) const {
    State const& state = definition_.state(box.state);
    std::string classes = state.children.empty() ? "state" : "state holds-others";
    if (!state.parent) classes += " is-whole";
    if (state.parent && definition_.state(*state.parent).type == StateType::Parallel) classes += " is-region";
    if (state.type == StateType::Final) classes += " is-final";
    if (state.is_history()) classes += " is-history";
    if (is_present(box.state)) classes += " is-present";
    if (progress_ && progress_->path.visited.contains(box.state)) classes += " was-present";
    return classes;
  }

  Html drawn(Box const& box) const {
    State const& state = definition_.state(box.state);
    auto const frame = [&](int inset, int radius) {
      return rect(attr("x", box.area.x + inset), attr("y", box.area.y + inset),
                  attr("width", box.area.width - 2 * inset), attr("height", box.area.height - 2 * inset),
                  attr("rx", radius));
    };
    int const radius = state.is_history() ? box.area.width / 2 : state.children.empty() ? 9 : 6;
    bool const divided = !box.inner.empty() && state.children.empty();
    int const rule = divided ? box.inner.front().label.top - 2 : 0;
    return g(
        cls(classes_of(box)), frame(0, radius),
        when(state.type == StateType::Final, [&] { return frame(4, radius - 3); }),
        when(divided,
             [&] {
               return path(attr("d", "M" + at(box.area.x, rule) + "H" + std::to_string(box.area.right())));
             }),
        g(cls("name"), lines_of(box.title, lifecycle::state_font)),
        each(box.inner, [&](lifecycle::InnerTransition const& inner) {
          bool const taken = progress_ && progress_->path.taken.contains(inner.transition);
          return g(cls(taken ? "inner is-taken" : "inner"), lines_of(inner.label, lifecycle::event_font));
        }));
  }

  static Html drawn(lifecycle::Start const& start) {
    return g(cls("start"), circle(attr("cx", start.dot.x), attr("cy", start.dot.y), attr("r", 6)),
             path(cls("line"), attr("d", path_along({start.dot, start.head}))),
             path(cls("head"), attr("d", head_at(start.head, start.dot))));
  }

  std::string arrow_classes(Arrow const& arrow) const {
    std::string classes = "arrow";
    if (!arrow.transition || lifecycle::is_automatic(*arrow.transition)) classes += " is-automatic";
    if (times(arrow) > 0) classes += " is-taken";
    return classes;
  }

  Html drawn(Arrow const& arrow) const {
    return g(cls(arrow_classes(arrow)), each(arrow.lines, [](std::vector<Point> const& line) {
               return group(path(cls("line"), attr("d", path_along(line))),
                            path(cls("head"), attr("d", head_at(line.back(), line[line.size() - 2]))));
             }));
  }

  Html labelled(Arrow const& arrow) const {
    if (!arrow.label) return {};
    return g(cls(times(arrow) > 0 ? "event is-taken" : "event"),
             title(word(lifecycle::label_of(definition_, *arrow.transition))),
             lines_of(*arrow.label, lifecycle::event_font));
  }
};

/// One state of the words: its name, what leads out of it, the states within.
Html state_in_words(Say const& t, Definition const& definition, Progress const* progress, StateIndex index) {
  State const& state = definition.state(index);
  auto const name = [&](StateIndex of) {
    State const& other = definition.state(of);
    if (other.type == StateType::DeepHistory)
      return std::string(t("离开前所在的（各层）", "where it was (deep)"));
    if (other.type == StateType::ShallowHistory) return std::string(t("离开前所在的", "where it was"));
    return in(t.language(), lifecycle::label_of(other));
  };
  auto const transition = [&](Transition const& one) {
    std::vector<std::string> names;
    for (StateIndex const target : one.targets) names.push_back(name(target));
    std::string const targets = listed(t, names);
    int const times = progress && progress->path.taken.contains(&one) ? progress->path.taken.at(&one) : 0;
    std::string const effect = !targets.empty()          ? " → " + targets
                               : lifecycle::forbids(one) ? std::string(t("：不响应", ": ignored"))
                                                         : std::string(t("：状态不变", ": stays"));
    return li(in(t.language(), lifecycle::label_of(definition, one)), effect,
              when(lifecycle::is_automatic(one), [&] { return small(t("（自动）", " (by itself)")); }),
              when(times > 0, [&] {
                return small(cls("times"), t("（走过 ", " (taken "), times,
                             t(" 次）", times == 1 ? " time)" : " times)"));
              }));
  };
  bool const present = progress && progress->present.contains(index) && state.is_leaf();
  Html const ways = group(each(state.on, transition), each(state.always, transition));
  Html const inner = each(state.children, [&](StateIndex child) {
    return definition.state(child).is_history() ? Html{} : state_in_words(t, definition, progress, child);
  });
  return li(
      strong(name(index)),
      when(present, [&] { return group(" ", span(cls("now"), t("现在在这里", "now here"))); }),
      when(state.type == StateType::Final, [&] { return small(t("（终点）", " (end)")); }),
      when(state.type == StateType::Parallel, [&] { return small(t("（同时进行）", " (side by side)")); }),
      when(!ways.empty(), [&] { return ul(cls("ways-out"), ways); }),
      when(!inner.empty(), [&] { return ul(inner); }));
}

}  // namespace

Html lifecycle_svg(Say const& t, Definition const& definition, Progress const* progress,
                   std::string_view id) {
  return Drawing(t, definition, progress).svg(id);
}

Html lifecycle_in_words(Say const& t, Definition const& definition, Progress const* progress) {
  return ul(cls("lifecycle-words"), state_in_words(t, definition, progress, 0));
}

Html lifecycle_picture(Say const& t, Definition const& definition, Progress const* progress,
                       std::string_view id) {
  std::size_t const states = definition.states().size();
  bool const drawn = states <= drawn_states_max;
  Html const words = details(drawn ? flag("open", false) : flag("open"), summary(t("文字说明", "In words")),
                             lifecycle_in_words(t, definition, progress));
  if (!drawn)
    return figure(cls("lifecycle"),
                  p(t("共 ", "There are "), states,
                    t(" 个状态，画出来看不清，只列文字。", " states: too many to draw.")),
                  words);
  return figure(cls("lifecycle"),
                div(cls("lifecycle-frame"), attr("tabindex", "0"), attr("role", "region"),
                    attr("aria-label", t("流程图，可左右滚动", "Picture of the lifecycle; scrolls sideways")),
                    lifecycle_svg(t, definition, progress, id)),
                figcaption(when(progress != nullptr,
                                [&] {
                                  return group(span(cls("key present"), t("现在的状态", "present state")),
                                               span(cls("key taken"), t("走过的路", "way taken")));
                                }),
                           span(cls("key automatic"),
                                t("时限到或条件满足时自动", "by itself, when time or a condition is met"))),
                words);
}

}  // namespace xiaohao::web::pages
