#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <iostream>
#include <vector>

#include "web/http/event_feed.hpp"
#include "web/http/response_head.hpp"
#include "web/http/server_connection.hpp"

namespace xiaohao::web {
namespace {

constexpr std::size_t piece_bytes = 64 << 10;
HeadFault const file_missing{500, {"服务器内部错误，已记录", "an internal error; it has been logged"}};

}  // namespace

asio::awaitable<bool> Connection::write(Response response, bool head_only, bool keep_alive) {
  stream_.expires_after(shared_->settings.write_time_max);
  if (response.events && !head_only) {
    bool const written = co_await write_events(std::move(response));
    co_return written;
  }
  if (!response.file.empty()) {
    bool const written = co_await write_file(std::move(response), head_only, keep_alive);
    co_return written;
  }
  std::string_view const body = response.body ? std::string_view(*response.body) : std::string_view{};
  std::string const head = response_head(response, static_cast<std::int64_t>(body.size()), keep_alive);
  std::array<asio::const_buffer, 2> const buffers{asio::buffer(head),
                                                  head_only ? asio::const_buffer() : asio::buffer(body)};
  auto const [error, count] = co_await asio::async_write(stream_, buffers, with_error);
  co_return !error;
}

asio::awaitable<bool> Connection::write_file(Response response, bool head_only, bool keep_alive) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> const file(std::fopen(response.file.c_str(), "rbe"));
  std::int64_t size = -1;
  if (file && std::fseek(file.get(), 0, SEEK_END) == 0) {
    size = std::ftell(file.get());
    std::rewind(file.get());
  }
  if (size < 0) {
    std::cerr << "xiaohao: cannot read " << response.file << std::endl;
    Response refusal = shared_->service.refuse(file_missing, nullptr);
    bool const written = co_await write(std::move(refusal), head_only, false);
    (void)written;
    co_return false;
  }
  std::string const head = response_head(response, size, keep_alive);
  auto const head_buffer = asio::buffer(head);
  auto const [head_error, head_count] = co_await asio::async_write(stream_, head_buffer, with_error);
  if (head_error) co_return false;
  std::vector<char> piece(piece_bytes);
  while (!head_only && size > 0) {
    std::size_t const count =
        std::fread(piece.data(), 1, std::min(piece.size(), static_cast<std::size_t>(size)), file.get());
    if (count == 0) co_return false;  // shorter than it was: the length that was promised cannot be kept
    size -= static_cast<std::int64_t>(count);
    stream_.expires_after(shared_->settings.write_time_max);
    auto const bytes = asio::buffer(piece.data(), count);
    auto const [error, written] = co_await asio::async_write(stream_, bytes, with_error);
    if (error) co_return false;
  }
  co_return true;
}

/// Sends what the feed holds, and a comment as heartbeat, until one side ends. Always ends the connection.
asio::awaitable<bool> Connection::write_events(Response response) {
  auto const executor = co_await asio::this_coro::executor;
  response.content_type = "text/event-stream; charset=utf-8";
  std::string text = response_head(response, std::nullopt, false);
  text += ": open\n\n";
  auto const wake = std::make_shared<asio::steady_timer>(executor);
  feed_ = response.events;
  feed_->set_wake([weak_context = shared_->context, weak_wake = std::weak_ptr(wake)] {
    auto const context = weak_context.lock();  // first: a timer must not outlive its context
    auto const timer = weak_wake.lock();
    if (context && timer) asio::post(timer->get_executor(), [timer] { timer->cancel(); });
  });
  while (true) {
    auto const bytes = asio::buffer(text);
    stream_.expires_after(shared_->settings.write_time_max);
    auto const [error, count] = co_await asio::async_write(stream_, bytes, with_error);
    if (error || shared_->draining || feed_->closed()) break;
    text = feed_->take();
    if (text.empty()) {
      wake->expires_after(shared_->settings.heartbeat);
      co_await wake->async_wait(with_error);
      text = feed_->take();
      if (text.empty()) text = ": still here\n\n";
    }
    if (!feed_->still_allowed()) break;
  }
  feed_->set_wake(nullptr);
  feed_->close();
  feed_.reset();
  co_return false;
}

/// After a refusal the client may still be sending. Closing at once would reset the connection and take the
/// answer with it.
asio::awaitable<void> Connection::linger() {
  beast::error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  std::vector<char> discarded(piece_bytes);
  auto const space = asio::buffer(discarded);
  std::size_t left = 64 << 20;
  stream_.expires_after(std::chrono::seconds(5));
  while (left > 0) {
    auto const [error, count] = co_await stream_.async_read_some(space, with_error);
    if (error) break;
    left -= std::min(left, count);
  }
}

}  // namespace xiaohao::web
