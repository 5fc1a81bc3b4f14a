#include "notifications/outbox.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

constexpr std::chrono::minutes timers_waited_for_max{5};

bool is_of_ladder(Notice const& notice) {
  return notice.key.starts_with("item/") && notice.key.find("/event/") == std::string::npos;
}

std::string_view part_of_key(Notice const& notice, int place) {
  std::string_view key = notice.key;
  for (int part = 0; part < place; ++part) key.remove_prefix(std::min(key.size(), key.find('/') + 1));
  return key.substr(0, key.find('/'));
}
std::string_view due_of(Notice const& notice) { return part_of_key(notice, 2); }

/// A letter or a summons says what no rung of the ladder says: it mutes none, and none mutes it.
bool is_a_rung(Notice const& notice) {
  return is_of_ladder(notice) && !part_of_key(notice, 3).starts_with("bulletin:");
}

}  // namespace

std::string needless(Notice const& notice, std::optional<WorkItem> const& item,
                     std::vector<Notice> const& together) {
  if (!is_of_ladder(notice)) return {};
  if (item && (!item->status.open() || item->status.applied_at)) return "settled";
  if (item && item->status.due && due_of(notice) != to_string(*item->status.due)) return "due_changed";
  if (!is_a_rung(notice)) return {};
  bool const muted = std::any_of(together.begin(), together.end(), [&](Notice const& other) {
    return is_a_rung(other) && other.item == notice.item && other.decided_at > notice.decided_at;
  });
  return muted ? "muted" : "";
}

bool is_complete(store::Reader const& reader, Instant now) {
  auto const timer = reader.next_timer();
  return !timer || *timer > now || now - *timer > timers_waited_for_max;
}

std::string decision_key(Notice const& notice) { return notice.key.substr(0, notice.key.rfind('/') + 1); }

}  // namespace xiaohao::notifications
