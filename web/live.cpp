#include "web/live.hpp"

#include <algorithm>
#include <iostream>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::web {
namespace {

/// At most so many entries are told one by one; after more, pages are told to load again.
constexpr std::int64_t entries_told_max = 200;

std::string event(std::string const& name, nlohmann::json const& data) {
  return "event: " + name + "\ndata: " + data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n\n";
}

std::int64_t newest_notice(store::Reader const& reader) {
  store::NoticeFilter filter;
  filter.limit = 1;
  auto const newest = reader.notices(filter);
  return newest.empty() ? 0 : newest.front().id.value();
}

}  // namespace

Live::Live(store::Store& store) : store_(store) {
  catch_up(*store_.read());
  thread_ = std::thread([this] { watch(); });
}

Live::~Live() {
  {
    std::lock_guard const lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Live::committed() {
  {
    std::lock_guard const lock(mutex_);
    dirty_ = true;
  }
  changed_.notify_one();
}

std::shared_ptr<EventFeed> Live::open(Username username, std::function<bool()> still_allowed) {
  auto feed = std::make_shared<EventFeed>(std::move(still_allowed));
  std::lock_guard const lock(mutex_);
  std::erase_if(listeners_, [](Listener const& listener) {
    auto const open = listener.feed.lock();
    return !open || open->closed();
  });
  auto const his = std::count_if(listeners_.begin(), listeners_.end(),
                                 [&](Listener const& listener) { return listener.username == username; });
  if (his >= streams_per_visitor_max) return nullptr;
  listeners_.push_back(Listener{std::move(username), feed});
  return feed;
}

void Live::watch() {
  while (true) {
    std::vector<Listener> listeners;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return dirty_ || ending_; });
      if (ending_) return;
      dirty_ = false;
      listeners = listeners_;
    }
    try {
      tell(listeners);
    } catch (std::exception const& error) {
      std::cerr << "xiaohao: open pages could not be told of a change: " << error.what() << std::endl;
    }
  }
}

void Live::catch_up(store::Reader const& reader) {
  entries_told_ = reader.journal_head().size;
  notices_told_ = newest_notice(reader);
}

void Live::tell(std::vector<Listener> const& listeners) {
  auto const reader = store_.read();
  if (listeners.empty()) return catch_up(*reader);

  std::string items;
  std::int64_t const size = reader->journal_head().size;
  if (size - entries_told_ > entries_told_max) {
    items = event("reload", nlohmann::json::object());
  } else {
    for (store::JournalLine const& line : reader->journal(entries_told_, size)) {
      auto const entry = json::read(line.leaf);
      if (!entry || !entry->contains("item")) continue;
      nlohmann::json const& outcome = (*entry)["outcome"];
      items += event(
          "item",
          {{"id", (*entry)["item"]},
           {"type", (*entry)["type"]},
           {"version", outcome.is_object() && outcome.contains("version") ? outcome["version"] : nullptr}});
    }
  }

  std::vector<Notice> notices;
  store::NoticeFilter filter;
  filter.limit = static_cast<int>(entries_told_max);
  for (Notice& notice : reader->notices(filter))
    if (notice.id.value() > notices_told_) notices.push_back(std::move(notice));

  for (Listener const& listener : listeners) {
    auto const feed = listener.feed.lock();
    if (!feed) continue;
    std::string text = items;
    for (Notice const& notice : notices)
      if (notice.recipient == listener.username)
        text += event("notice",
                      {{"id", notice.id.value()}, {"item", notice.item.value()}, {"step", notice.step}});
    if (!text.empty()) feed->push(text);
  }
  entries_told_ = size;
  if (!notices.empty())
    notices_told_ = std::max_element(notices.begin(), notices.end(), [](auto const& a, auto const& b) {
                      return a.id < b.id;
                    })->id.value();
}

}  // namespace xiaohao::web
