#pragma once

// The room between two lanes, in which lines run side by side.

#include <map>
#include <utility>

#include "web/lifecycle/grid.hpp"

namespace xiaohao::web::lifecycle {

/// Which lines a track is for: those between boxes of the lane above, of the lane below, or others.
enum class Course { FromAbove, Through, FromBelow };

class Channel {
 public:
  /// A line to `target` runs between two places; lines of the same course to the same target share a track.
  void add(Course course, StateIndex target, int from, int to);
  /// Gives every line its track: short ones next to their boxes, long ones further out, none upon another.
  void pack();
  int tracks() const { return tracks_; }
  int track_of(Course course, StateIndex target) const;  ///< from the channel's top; after `pack`

 private:
  struct Segment {
    int from;
    int to;
    int track = 0;
  };
  std::map<std::pair<Course, StateIndex>, Segment> segments_;
  int tracks_ = 0;
};

}  // namespace xiaohao::web::lifecycle
