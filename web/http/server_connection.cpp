#include "web/http/server_connection.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <iostream>

#include "web/http/event_feed.hpp"
#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

constexpr std::size_t buffer_bytes_max = 64 << 10;

HeadFault const handler_failed{500, {"服务器内部错误，已记录", "an internal error; it has been logged"}};
HeadFault const handler_slow{503, {"服务器没有在时限内完成", "the server did not finish in time"}};

std::string_view view_of(beast::flat_buffer const& buffer) {
  return {static_cast<char const*>(buffer.data().data()), buffer.size()};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::string address, std::shared_ptr<Connections> shared)
    : address_(std::move(address)),
      shared_(std::move(shared)),
      stream_(std::move(socket)),
      buffer_(buffer_bytes_max) {
  std::lock_guard const lock(shared_->mutex);
  shared_->open.insert(this);
  ++shared_->by_address[address_];
}

Connection::~Connection() {
  std::function<void()> on_empty;
  {
    std::lock_guard const lock(shared_->mutex);
    shared_->open.erase(this);
    if (--shared_->by_address[address_] == 0) shared_->by_address.erase(address_);
    if (shared_->open.empty() && shared_->draining) on_empty = shared_->on_empty;
  }
  if (on_empty) on_empty();
}

void Connection::drain() {
  asio::post(stream_.get_executor(), [self = weak_from_this()] {
    auto const connection = self.lock();
    if (!connection) return;
    if (connection->idle_) connection->stream_.cancel();
    if (connection->feed_) connection->feed_->close();
  });
}

asio::awaitable<void> Connection::run() {
  beast::error_code ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  try {
    while (!shared_->draining) {
      bool const goes_on = co_await serve_one();
      if (!goes_on) break;
    }
  } catch (std::exception const& error) {
    std::cerr << "xiaohao: a connection failed: " << error.what() << std::endl;
  }
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.socket().close(ignored);
}

asio::awaitable<bool> Connection::serve_one() {
  Exchange exchange;
  bool const arrived = co_await read_head_bytes(exchange);
  if (!arrived) co_return false;

  if (!exchange.refusal) {
    Request& request = *exchange.request;
    request.method = exchange.head.method;
    request.headers = exchange.head.headers;
    request.address = address_;
    Result<Target> target = read_target(exchange.head.target);
    if (target) {
      request.path = std::move(target->path);
      request.query = std::move(target->query);
      exchange.admission = shared_->service.admit(request);
      if (exchange.admission.refusal) {
        exchange.refusal = std::move(exchange.admission.refusal);
      }
    } else {
      exchange.refusal = shared_->service.refuse(target.error(), nullptr);
    }
  }
  bool const has_body = exchange.head.chunked || exchange.head.content_length > 0;
  bool framed = false;  // the next request begins where this one ends, and both sides know where that is
  if (!exchange.refusal) {
    bool const received = co_await read_body(exchange);
    if (!received) co_return false;
    framed = !exchange.refusal;
  } else if (!has_body && exchange.head_size > 0) {
    buffer_.consume(exchange.head_size);
    framed = true;
  }

  Response response;
  if (exchange.refusal) {
    response = std::move(*exchange.refusal);
  } else {
    std::shared_ptr<Request const> request = exchange.request;
    response = co_await ask(std::move(request), std::move(exchange.admission.handler));
  }
  shared_->service.answered(response.status);
  bool const keep_alive = framed && exchange.head.keep_alive && !shared_->draining;
  bool const written = co_await write(std::move(response), exchange.head.method == "HEAD", keep_alive);
  if (written && !framed) co_await linger();
  co_return written&& keep_alive;
}

/// True when there is something to answer: a head, or a fault of one. False when the client has gone or never
/// spoke.
asio::awaitable<bool> Connection::read_head_bytes(Exchange& exchange) {
  HeadLimits const& limits = shared_->settings.head;
  idle_ = buffer_.size() == 0;
  stream_.expires_after(idle_ ? shared_->settings.idle_time_max : shared_->settings.head_time_max);
  std::size_t end = std::string_view::npos;
  std::size_t searched = 0;
  while (true) {
    std::string_view const bytes = view_of(buffer_);
    end = bytes.find("\r\n\r\n", searched);
    if (end != std::string_view::npos) break;
    if (auto fault = early_fault(bytes, limits)) {
      exchange.refusal = shared_->service.refuse(*fault, nullptr);
      co_return true;
    }
    searched = bytes.size() < 3 ? 0 : bytes.size() - 3;
    auto const space = buffer_.prepare(std::min<std::size_t>(8192, buffer_bytes_max - buffer_.size()));
    auto const [error, count] = co_await stream_.async_read_some(space, with_error);
    buffer_.commit(count);
    if (error) co_return false;  // gone, or too slow: Beast closes the socket at a timeout
    if (idle_) {
      idle_ = false;
      stream_.expires_after(shared_->settings.head_time_max);
    }
  }
  exchange.head_size = end + 4;
  auto head = read_head(view_of(buffer_).substr(0, exchange.head_size), limits);
  if (head) {
    exchange.head = std::move(*head);
  } else {
    exchange.head_size = 0;
    exchange.refusal = shared_->service.refuse(head.error(), nullptr);
  }
  co_return true;
}

namespace {

/// The place where an answer from another thread waits for its connection.
struct Pending {
  explicit Pending(asio::any_io_executor executor) : arrived(std::move(executor)) {}
  std::optional<Response> response;
  asio::steady_timer arrived;
};

/// Given to the handler. It may outlive the server, so it keeps the context that `pending` belongs to;
/// members go in reverse order.
struct Answering {
  std::shared_ptr<asio::io_context> context;
  std::shared_ptr<Pending> pending;

  void operator()(Response response) const {
    auto shared = std::make_shared<Response>(std::move(response));
    asio::dispatch(pending->arrived.get_executor(), [waiting = pending, shared = std::move(shared)] {
      if (waiting->response) return;
      waiting->response = std::move(*shared);
      waiting->arrived.cancel();
    });
  }
};

}  // namespace

asio::awaitable<Response> Connection::ask(std::shared_ptr<Request const> request, Handler handler) {
  auto const executor = co_await asio::this_coro::executor;
  auto pending = std::make_shared<Pending>(executor);
  bool failed = false;
  try {
    handler(request, Respond(Answering{shared_->context.lock(), pending}));
  } catch (std::exception const& error) {
    std::cerr << "xiaohao: " << request->method << " " << request->path << " failed: " << error.what()
              << std::endl;
    failed = true;
  }
  if (failed) co_return shared_->service.refuse(handler_failed, request.get());
  if (!pending->response) {
    pending->arrived.expires_after(shared_->settings.answer_time_max);
    co_await pending->arrived.async_wait(with_error);
  }
  if (!pending->response) co_return shared_->service.refuse(handler_slow, request.get());
  co_return std::move(*pending->response);
}

}  // namespace xiaohao::web
