#pragma once

// One open stream of server-sent events: the product pushes from any thread, the server sends.
//
//     auto feed = std::make_shared<EventFeed>([=] { return identity.is_signed_in(token); });
//     response.events = feed;
//     feed->push("event: item\ndata: {\"id\":7}\n\n");

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace xiaohao::web {

class EventFeed {
 public:
  /// `still_allowed` is asked before anything is sent: when it says no, the stream ends.
  explicit EventFeed(std::function<bool()> still_allowed, std::size_t bytes_max = 256 << 10);

  /// Whole events, as they go over the wire. A reader so slow that more than `bytes_max` wait is cut off: he
  /// reloads and misses nothing.
  void push(std::string_view events);
  void close();
  bool closed() const;

  // For the server.
  bool still_allowed() const { return still_allowed_(); }
  std::string take();                         ///< everything that waits
  void set_wake(std::function<void()> wake);  ///< called after each push and at close

 private:
  std::function<bool()> still_allowed_;
  std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool closed_ = false;
  std::function<void()> wake_;
};

}  // namespace xiaohao::web
