#include "web/lifecycle/nest.hpp"

#include <algorithm>
#include <tuple>

#include "web/lifecycle/channel.hpp"
#include "web/lifecycle/ports.hpp"

namespace xiaohao::web::lifecycle {
namespace {

constexpr int start_margin = 40;  ///< left of the first column, for the dot
constexpr int margin = 14;
constexpr int track_height = 12;
constexpr int track_width = 12;
constexpr int gap_width_min = 40;

class NestLayout {
 public:
  NestLayout(Nest& nest, std::vector<Piece>& pieces)
      : nest_(nest), pieces_(pieces), ports_(give_ports(nest, pieces)), channels_(nest.grid.lanes + 1) {}

  NestResult run(StateIndex first_child) {
    place_columns();
    give_tracks();
    place_lanes();
    for (std::size_t index = 0; index < nest_.legs.size(); ++index)
      nest_.legs[index].straight ? draw_straight(index) : draw_around(index);
    NestResult result{width_, height_, std::nullopt};
    if (nest_.has_start) {
      Rectangle const& first = pieces_[first_child].area;
      result.start = Start{{margin + 6, first.y + axis}, {first.x, first.y + axis}};
    }
    return result;
  }

 private:
  /// Lines that share a gap's track: those to one target, across the border or not, on one side.
  using GapTrack = std::tuple<std::size_t, StateIndex, bool, Side>;

  Nest& nest_;
  std::vector<Piece>& pieces_;
  Ports ports_;
  std::vector<Channel> channels_;
  std::map<GapTrack, int> gap_tracks_;  ///< to x
  std::vector<int> gap_x_;              ///< of a gap: where its tracks begin, behind its labels
  std::vector<int> label_room_;         ///< of a gap: for the labels of straight lines
  std::vector<int> channel_y_;
  int width_ = 0;
  int height_ = 0;

  Cell cell(StateIndex child) const { return nest_.grid.cells.at(child); }
  std::size_t channel_at_start(Leg const& leg) const {
    return channel_beside(nest_, *leg.from, leg.from_side);
  }
  std::size_t channel_at_end(Leg const& leg) const { return channel_beside(nest_, *leg.to, leg.to_side); }

  /// The gap through which a leg goes to another lane or to the border; none when it needs none.
  std::optional<std::size_t> gap_of(Leg const& leg) const {
    if (leg.straight) return std::nullopt;
    if (leg.from && leg.to) {
      if (channel_at_start(leg) == channel_at_end(leg)) return std::nullopt;
      return std::min(cell(*leg.from).column, cell(*leg.to).column);
    }
    std::size_t const channel = leg.from ? channel_at_start(leg) : channel_at_end(leg);
    if (channel == nest_.grid.lanes) return std::nullopt;  // straight through the bottom
    return cell(leg.from ? *leg.from : *leg.to).column;
  }

  static GapTrack gap_track(std::size_t gap, Leg const& leg) {
    bool const crosses_border = !leg.from || !leg.to;
    return {gap, leg.target, crosses_border, leg.from ? leg.from_side : leg.to_side};
  }
  std::optional<int> gap_x(Leg const& leg) const {
    auto const gap = gap_of(leg);
    return gap ? std::optional(gap_tracks_.at(gap_track(*gap, leg))) : std::nullopt;
  }

  void place_columns() {
    std::vector<int> widths(nest_.grid.columns, 0), tracks(nest_.grid.columns, 0);
    label_room_.assign(nest_.grid.columns, 0);
    for (auto const& [child, place] : nest_.grid.cells)
      widths[place.column] = std::max(widths[place.column], pieces_[child].area.width);
    widths[0] = std::max(widths[0], nest_.width_min);
    for (Leg const& leg : nest_.legs) {
      if (leg.straight) {
        int& room = label_room_[cell(*leg.from).column];
        room = std::max(room, leg.label.value_or(Label{}).width);
      } else if (auto const gap = gap_of(leg)) {
        if (!gap_tracks_.try_emplace(gap_track(*gap, leg), tracks[*gap]).second) continue;
        tracks[*gap] += track_width;
        if (!leg.from && leg.label) tracks[*gap] += leg.label->width + 8;
      }
    }
    std::vector<int> column_x;
    int x = nest_.has_start ? start_margin : margin;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      column_x.push_back(x);
      bool const last = column + 1 == widths.size();
      label_room_[column] = last ? 0 : std::max(gap_width_min, label_room_[column] + 28);
      x += widths[column] + label_room_[column];
      gap_x_.push_back(x);
      if (tracks[column] > 0) x += tracks[column] + 6;
    }
    width_ = x + margin;
    for (auto& [key, track] : gap_tracks_) track += gap_x_[std::get<0>(key)] + 8;
    bool const stacked = nest_.grid.columns == 1;  // regions, one below the other, begin on one line
    for (auto const& [child, place] : nest_.grid.cells) {
      int const rest = widths[place.column] - pieces_[child].area.width;
      pieces_[child].area.x = column_x[place.column] + (stacked ? 0 : rest / 2);
    }
  }

  int x_of_start(std::size_t index) const {
    return pieces_[*nest_.legs[index].from].area.x + ports_.from.at(index);
  }
  int x_of_end(std::size_t index) const {
    return pieces_[*nest_.legs[index].to].area.x + ports_.to.at(index);
  }

  Course course_of(Leg const& leg) const {
    if (!leg.from || !leg.to || gap_of(leg) || leg.from_side != leg.to_side) return Course::Through;
    return leg.from_side == Side::Bottom ? Course::FromAbove : Course::FromBelow;
  }

  void give_tracks() {
    for (std::size_t index = 0; index < nest_.legs.size(); ++index) {
      Leg const& leg = nest_.legs[index];
      if (leg.straight) continue;
      auto const through = gap_x(leg);
      Course const course = course_of(leg);
      if (leg.from && leg.to && !through)
        channels_[channel_at_start(leg)].add(course, leg.target, x_of_start(index), x_of_end(index));
      if (leg.from && through)
        channels_[channel_at_start(leg)].add(course, leg.target, x_of_start(index), *through);
      if (leg.to && through)
        channels_[channel_at_end(leg)].add(course, leg.target, *through, x_of_end(index));
    }
    for (Channel& channel : channels_) channel.pack();
  }

  int channel_height(std::size_t channel) {
    int const tracks = channels_[channel].tracks();
    int const strips = ports_.strip_above[channel] + ports_.strip_below[channel];
    if (tracks == 0 && strips == 0) return channel == 0 ? 8 : margin;
    return strips + 12 + tracks * track_height;
  }

  void place_lanes() {
    std::vector<int> heights(nest_.grid.lanes, 0), lane_y;
    for (auto const& [child, place] : nest_.grid.cells)
      heights[place.lane] = std::max(heights[place.lane], pieces_[child].area.height);
    int y = nest_.head_height;
    for (std::size_t lane = 0; lane < heights.size(); ++lane) {
      channel_y_.push_back(y);
      y += channel_height(lane);
      lane_y.push_back(y);
      y += heights[lane];
    }
    channel_y_.push_back(y);
    height_ = y + channel_height(heights.size());
    for (auto const& [child, place] : nest_.grid.cells) pieces_[child].area.y = lane_y[place.lane];
  }

  int track_y(std::size_t channel, Leg const& leg) const {
    auto const strip = ports_.strip_above.find(channel);
    return channel_y_[channel] + (strip == ports_.strip_above.end() ? 0 : strip->second) + 10 +
           channels_[channel].track_of(course_of(leg), leg.target) * track_height;
  }

  int edge_of(StateIndex child, Side side) const {
    Rectangle const& area = pieces_[child].area;
    return side == Side::Top ? area.y : area.bottom();
  }

  void draw_straight(std::size_t index) {
    Leg& leg = nest_.legs[index];
    Rectangle const &from = pieces_[*leg.from].area, &to = pieces_[*leg.to].area;
    int const y = from.y + ports_.straight.at(index);
    leg.points = {{from.right(), y}, {to.x, y}};
    if (!leg.label) return;
    std::size_t const column = cell(*leg.from).column;
    int const middle = gap_x_[column] - label_room_[column] / 2 - 4;
    leg.placed = PlacedLabel{*leg.label, middle, y - leg.label->height - 3, true};
  }

  void draw_around(std::size_t index) {
    Leg& leg = nest_.legs[index];
    auto const through = gap_x(leg);
    auto& points = leg.points;
    if (leg.from) {
      int const x = x_of_start(index);
      points.push_back({x, edge_of(*leg.from, leg.from_side)});
      if (leg.to || through) points.push_back({x, track_y(channel_at_start(leg), leg)});
      if (leg.label) place_beside_stub(leg, x);
    } else {
      int const y = leg.from_side == Side::Top ? 0 : height_;
      int const x = through.value_or(leg.to ? x_of_end(index) : 0);
      points.push_back({x, y});
      if (leg.label) leg.placed = PlacedLabel{*leg.label, x + 5, 6, false};
    }
    if (through && leg.from) points.push_back({*through, points.back().y});
    if (leg.to) {
      int const x = x_of_end(index);
      if (leg.from || through) {
        int const y = track_y(channel_at_end(leg), leg);
        if (through) points.push_back({*through, y});
        points.push_back({x, y});
      }
      points.push_back({x, edge_of(*leg.to, leg.to_side)});
    } else {
      points.push_back({points.back().x, leg.to_side == Side::Top ? 0 : height_});
    }
  }

  void place_beside_stub(Leg& leg, int x) const {
    int const edge = edge_of(*leg.from, leg.from_side);
    int const top = leg.from_side == Side::Top ? edge - leg.label->height - 3 : edge + 5;
    leg.placed = PlacedLabel{*leg.label, x + 5, top, false};
  }
};

}  // namespace

NestResult lay_out(Nest& nest, std::vector<Piece>& pieces, StateIndex first_child) {
  return NestLayout(nest, pieces).run(first_child);
}

}  // namespace xiaohao::web::lifecycle
