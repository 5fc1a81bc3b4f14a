#include "web/http/event_feed.hpp"

#include <utility>

namespace xiaohao::web {

EventFeed::EventFeed(std::function<bool()> still_allowed, std::size_t bytes_max)
    : still_allowed_(std::move(still_allowed)), bytes_max_(bytes_max) {}

void EventFeed::push(std::string_view events) {
  std::function<void()> wake;
  {
    std::lock_guard const lock(mutex_);
    if (closed_) return;
    if (waiting_.size() + events.size() > bytes_max_) {
      closed_ = true;
    } else {
      waiting_ += events;
    }
    wake = wake_;
  }
  if (wake) wake();
}

void EventFeed::close() {
  std::function<void()> wake;
  {
    std::lock_guard const lock(mutex_);
    closed_ = true;
    wake = wake_;
  }
  if (wake) wake();
}

bool EventFeed::closed() const {
  std::lock_guard const lock(mutex_);
  return closed_;
}

std::string EventFeed::take() {
  std::lock_guard const lock(mutex_);
  return std::exchange(waiting_, {});
}

void EventFeed::set_wake(std::function<void()> wake) {
  std::lock_guard const lock(mutex_);
  wake_ = std::move(wake);
}

}  // namespace xiaohao::web
