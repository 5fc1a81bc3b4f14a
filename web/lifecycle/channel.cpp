#include "web/lifecycle/channel.hpp"

#include <algorithm>

namespace xiaohao::web::lifecycle {

void Channel::add(Course course, StateIndex target, int from, int to) {
  auto const [low, high] = std::minmax(from, to);
  auto const [found, added] = segments_.try_emplace({course, target}, Segment{low, high});
  if (added) return;
  found->second.from = std::min(found->second.from, low);
  found->second.to = std::max(found->second.to, high);
}

void Channel::pack() {
  constexpr int clearance = 10;
  tracks_ = 0;
  for (Course const course : {Course::FromAbove, Course::Through, Course::FromBelow}) {
    std::vector<Segment*> segments;
    for (auto& [key, segment] : segments_)
      if (key.first == course) segments.push_back(&segment);
    std::stable_sort(segments.begin(), segments.end(), [](Segment const* left, Segment const* right) {
      return left->to - left->from < right->to - right->from;
    });
    std::vector<std::vector<Segment const*>> tracks;
    for (Segment* segment : segments) {
      auto const is_free = [&](std::vector<Segment const*> const& track) {
        return std::none_of(track.begin(), track.end(), [&](Segment const* other) {
          return segment->from < other->to + clearance && other->from < segment->to + clearance;
        });
      };
      auto track = std::find_if(tracks.begin(), tracks.end(), is_free);
      if (track == tracks.end()) track = tracks.emplace(tracks.end());
      track->push_back(segment);
      segment->track = static_cast<int>(track - tracks.begin());
    }
    int const count = static_cast<int>(tracks.size());
    for (Segment* segment : segments)
      segment->track = tracks_ + (course == Course::FromBelow ? count - 1 - segment->track : segment->track);
    tracks_ += count;
  }
}

int Channel::track_of(Course course, StateIndex target) const { return segments_.at({course, target}).track; }

}  // namespace xiaohao::web::lifecycle
