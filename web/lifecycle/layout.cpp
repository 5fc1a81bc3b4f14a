#include "web/lifecycle/layout.hpp"

#include <algorithm>
#include <unordered_map>

#include "web/lifecycle/nest.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using statechart::Definition;
using statechart::State;
using statechart::StateType;
using statechart::Transition;

constexpr int title_width = 8 * state_font;
constexpr int inner_width = 14 * event_font;
constexpr int straight_label_width = 5 * event_font + 4;
constexpr int stub_label_width = 7 * event_font;
constexpr int title_top = 12;
constexpr int inner_line = event_font + 5;
constexpr int history_size = 40;

class MachineLayout {
 public:
  MachineLayout(Definition const& definition, Language language)
      : definition_(definition), language_(language), links_(links_of(definition)) {}

  Layout run() {
    for (StateIndex index = 0; index < definition_.states().size(); ++index)
      pieces_.push_back(piece_of(index));
    make_nests();
    for (std::size_t link = 0; link < links_.size(); ++link) make_legs(link);
    std::vector<std::optional<Start>> starts(pieces_.size());
    // A state's children stand behind it in document order, so the innermost are laid out first.
    for (StateIndex index = pieces_.size(); index-- > 0;)
      if (auto const found = nests_.find(index); found != nests_.end())
        starts[index] = lay_out_nest(found->second);
    return assemble(starts);
  }

 private:
  struct Step {  ///< a leg of a link, in the order of the line
    StateIndex nest;
    std::size_t leg;
  };
  Definition const& definition_;
  Language language_;
  std::vector<Link> links_;
  std::vector<Piece> pieces_;
  std::unordered_map<StateIndex, Nest> nests_;
  std::vector<std::vector<Step>> routes_;  ///< by link

  std::string words(Text const& text) const { return in(language_, text); }

  Piece piece_of(StateIndex index) const {
    State const& state = definition_.state(index);
    Piece piece;
    piece.holds_others = !state.children.empty();
    if (state.is_history()) {
      piece.title = wrap(state.type == StateType::DeepHistory ? "H*" : "H", state_font, history_size, 1);
      piece.area.width = piece.area.height = history_size;
      return piece;
    }
    piece.title = wrap(words(label_of(state)), state_font, piece.holds_others ? 3 * title_width : title_width,
                       piece.holds_others ? 1 : 3);
    int y = title_top + piece.title.height + 2;
    int width = piece.title.width;
    auto const list = [&](std::vector<Transition> const& transitions) {
      for (Transition const& transition : transitions) {
        bool const goes_nowhere = transition.targets.empty() || (!state.parent && transition.targets[0] == 0);
        if (!goes_nowhere) continue;
        Label label = wrap("· " + words(label_of(definition_, transition)), event_font, inner_width, 1);
        width = std::max(width, label.width);
        piece.inner.push_back({&transition, {std::move(label), 0, y + 4, false}});
        y += inner_line;
      }
    };
    list(state.on);
    list(state.always);
    piece.area.width = std::max(84, width + 26);
    piece.area.height = std::max(leaf_height_min, y + (piece.inner.empty() ? 8 : 12));
    return piece;
  }

  void make_nests() {
    std::unordered_map<StateIndex, std::vector<Link>> within;
    for (Link const& link : links_) within[link.container].push_back(link);
    for (StateIndex index = 0; index < pieces_.size(); ++index) {
      if (!pieces_[index].holds_others) continue;
      Nest nest;
      nest.state = index;
      nest.grid = grid_of(definition_, index, within[index]);
      nest.has_start = definition_.state(index).type == StateType::Compound;
      nest.head_height = pieces_[index].area.height - (pieces_[index].inner.empty() ? 12 : 4);
      nest.width_min = pieces_[index].area.width;
      nests_.emplace(index, std::move(nest));
    }
  }

  std::vector<StateIndex> containers_between(StateIndex state, StateIndex outer) const {
    std::vector<StateIndex> found;  // innermost first, `outer` left out
    if (state == outer) return found;
    for (auto at = definition_.state(state).parent; at && *at != outer; at = definition_.state(*at).parent)
      found.push_back(*at);
    return found;
  }

  void add_leg(std::size_t link, StateIndex nest, Leg leg) {
    leg.link = link;
    leg.target = links_[link].to;
    auto& legs = nests_.at(nest).legs;
    routes_[link].push_back({nest, legs.size()});
    legs.push_back(std::move(leg));
  }

  /// Cuts the line of a link into its legs: out of the states around its source, across the container of both
  /// ends, into the states around its target.
  void make_legs(std::size_t index) {
    routes_.resize(links_.size());
    Link const& link = links_[index];
    StateIndex const outer = link.container;
    auto const from = child_towards(definition_, outer, link.from);
    auto const to = child_towards(definition_, outer, link.to);
    Leg across;
    across.from = from;
    across.to = to;
    if (from && to) choose_sides(link, across);
    if (!from) across.from_side = across.to_side = Side::Top;   // from a state to one within it
    if (!to) across.from_side = across.to_side = Side::Bottom;  // to a state that holds the source
    bool labelled = true;
    auto const label = [&](Leg& leg) {
      if (labelled && link.first && link.transition) {
        bool const beside = leg.straight;
        leg.label = wrap(words(label_of(definition_, *link.transition)), event_font,
                         beside ? straight_label_width : stub_label_width, 2);
      }
      labelled = false;
    };
    for (StateIndex const container : containers_between(link.from, outer)) {
      Leg leg;
      leg.from = child_towards(definition_, container, link.from);
      leg.from_side = leg.to_side = across.from_side;
      label(leg);
      add_leg(index, container, std::move(leg));
    }
    label(across);
    Side const into = across.to_side;
    add_leg(index, outer, std::move(across));
    auto inner = containers_between(link.to, outer);
    for (auto container = inner.rbegin(); container != inner.rend(); ++container) {
      Leg leg;
      leg.to = child_towards(definition_, *container, link.to);
      leg.from_side = leg.to_side = into;
      add_leg(index, *container, std::move(leg));
    }
  }

  void choose_sides(Link const& link, Leg& leg) const {
    Grid const& grid = nests_.at(link.container).grid;
    Cell const from = grid.cells.at(*leg.from), to = grid.cells.at(*leg.to);
    bool const whole = leg.from == link.from && leg.to == link.to;
    auto const next = grid.next_in_lane.find(*leg.from);
    if (whole && next != grid.next_in_lane.end() && next->second == *leg.to && from.lane == to.lane) {
      leg.straight = true;
    } else if (from.lane == to.lane) {
      leg.from_side = leg.to_side = to.column > from.column ? Side::Bottom : Side::Top;
    } else {
      leg.from_side = to.lane > from.lane ? Side::Bottom : Side::Top;
      leg.to_side = to.lane > from.lane ? Side::Top : Side::Bottom;
    }
  }

  std::optional<Start> lay_out_nest(Nest& nest) {
    for (Leg& leg : nest.legs) take_over_ports(nest, leg);
    State const& state = definition_.state(nest.state);
    NestResult const result =
        lay_out(nest, pieces_, state.initial.empty() ? state.children.front() : state.initial.front());
    pieces_[nest.state].area.width = result.width;
    pieces_[nest.state].area.height = result.height;
    return result.start;
  }

  /// Where a line crosses the border of a child that has been laid out, it goes on.
  void take_over_ports(Nest const& nest, Leg& leg) const {
    auto const& route = routes_[leg.link];
    auto const here =
        std::find_if(route.begin(), route.end(), [&](Step const& step) { return step.nest == nest.state; });
    auto const points_of = [&](Step const& step) -> std::vector<Point> const& {
      return nests_.at(step.nest).legs[step.leg].points;
    };
    if (leg.from && *leg.from != links_[leg.link].from) leg.from_port = points_of(*std::prev(here)).back().x;
    if (leg.to && *leg.to != links_[leg.link].to) leg.to_port = points_of(*std::next(here)).front().x;
  }

  // --- from the states' own coordinates to the picture's ---

  Layout assemble(std::vector<std::optional<Start>> const& starts) {
    Layout layout;
    layout.width = pieces_[0].area.width;
    layout.height = pieces_[0].area.height;
    std::vector<Point> origins(pieces_.size());
    for (StateIndex index = 0; index < pieces_.size(); ++index) {
      Rectangle& area = pieces_[index].area;
      if (auto const parent = definition_.state(index).parent) {
        area.x += origins[*parent].x;
        area.y += origins[*parent].y;
      }
      origins[index] = {area.x, area.y};
      layout.boxes.push_back(box_of(index));
      if (auto const& start = starts[index])
        layout.starts.push_back({moved(start->dot, area), moved(start->head, area)});
    }
    Transition const* last = nullptr;
    for (std::size_t index = 0; index < links_.size(); ++index) {
      Link const& link = links_[index];
      if (!link.transition || link.transition != last)
        layout.arrows.push_back({link.transition, link.from, {}, std::nullopt});
      last = link.transition;
      Arrow& arrow = layout.arrows.back();
      arrow.lines.push_back(line_of(index));
      for (Step const& step : routes_[index])
        if (auto placed = nests_.at(step.nest).legs[step.leg].placed) {
          placed->x += origins[step.nest].x;
          placed->top += origins[step.nest].y;
          arrow.label = std::move(*placed);
        }
    }
    return layout;
  }

  static Point moved(Point point, Rectangle const& by) { return {point.x + by.x, point.y + by.y}; }

  Box box_of(StateIndex index) const {
    Piece const& piece = pieces_[index];
    Box box{index, piece.area, {piece.title, 0, piece.area.y + title_top, false}, piece.inner};
    bool const centred = !piece.holds_others;
    box.title.centred = centred;
    box.title.x = centred ? piece.area.x + piece.area.width / 2 : piece.area.x + 14;
    for (InnerTransition& inner : box.inner) {
      inner.label.x = piece.area.x + 12;
      inner.label.top += piece.area.y;
    }
    return box;
  }

  std::vector<Point> line_of(std::size_t link) const {
    std::vector<Point> line;
    for (Step const& step : routes_[link])
      for (Point const point : nests_.at(step.nest).legs[step.leg].points) {
        Point const at = moved(point, pieces_[step.nest].area);
        if (!line.empty() && line.back() == at) continue;
        bool const same_way =
            line.size() > 1 && ((line.back().x == at.x && line[line.size() - 2].x == at.x) ||
                                (line.back().y == at.y && line[line.size() - 2].y == at.y));
        if (same_way)
          line.back() = at;
        else
          line.push_back(at);
      }
    return line;
  }
};

}  // namespace

Layout layout_of(Definition const& definition, Language language) {
  return MachineLayout(definition, language).run();
}

}  // namespace xiaohao::web::lifecycle
