#pragma once

// Tells open pages what has changed, by server-sent events: `item` {"id","type","version"} after each journal
// entry of an item, and `notice` {"id"} to the one who is told.
//
//     store.on_commit([&] { live.committed(); });

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/store/store.hpp"
#include "web/http/event_feed.hpp"

namespace xiaohao::web {

class Live {
 public:
  static constexpr int streams_per_visitor_max = 8;

  explicit Live(store::Store& store);
  ~Live();
  Live(Live const&) = delete;
  Live& operator=(Live const&) = delete;

  void committed();  ///< from any thread; returns at once

  /// A stream for `username`, which ends when `still_allowed` says no. Null when he has too many open
  /// already.
  std::shared_ptr<EventFeed> open(Username username, std::function<bool()> still_allowed);

 private:
  struct Listener {
    Username username;
    std::weak_ptr<EventFeed> feed;
  };
  store::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool dirty_ = false;
  bool ending_ = false;
  std::vector<Listener> listeners_;
  std::int64_t entries_told_ = 0;
  std::int64_t notices_told_ = 0;
  std::thread thread_;

  void watch();
  void tell(std::vector<Listener> const& listeners);
  void catch_up(store::Reader const& reader);
};

}  // namespace xiaohao::web
