#include "web/http/server_connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <cstdio>
#include <iostream>
#include <optional>
#include <vector>

#include "web/http/event_feed.hpp"
#include "web/http/multipart.hpp"
#include "web/http/response_head.hpp"
#include "web/http/target.hpp"
#include "web/http/upload.hpp"

// g++ 12 miscompiles temporaries of class type inside a co_await expression: every argument below has a name.

namespace xiaohao::web {
namespace {

namespace http = beast::http;
using Parser = http::request_parser<http::buffer_body>;
constexpr auto with_error = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t buffer_bytes_max = 64 << 10;
constexpr std::size_t piece_bytes = 64 << 10;

HeadFault const bad_body{400, {"请求体的分块或长度不正确", "the body's chunks or length are wrong"}};
HeadFault const bad_head{400, {"请求头不正确", "the header is not HTTP"}};
HeadFault const handler_failed{500, {"服务器内部错误，已记录", "an internal error; it has been logged"}};
HeadFault const handler_slow{503, {"服务器没有在时限内完成", "the server did not finish in time"}};

std::string_view view_of(beast::flat_buffer const& buffer) {
  return {static_cast<char const*>(buffer.data().data()), buffer.size()};
}

std::string media_type_of(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

}  // namespace

struct Connection::Exchange {
  std::size_t head_size = 0;
  Head head;
  std::shared_ptr<Request> request = std::make_shared<Request>();
  Admission admission;
  std::optional<Response>
      refusal;  ///< when set, the connection ends with it: what follows on the wire is not trusted
};

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

/// Beast decodes the body; what it is lenient about is checked again here. False when the client has gone.
asio::awaitable<bool> Connection::read_body(Exchange& exchange) {
  ServerSettings const& settings = shared_->settings;
  Service& service = shared_->service;
  Request& request = *exchange.request;

  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(settings.head.bytes_max));
  parser.body_limit(boost::none);
  beast::error_code parse_error;
  std::size_t const used =
      parser.put(asio::const_buffer(buffer_.data().data(), exchange.head_size), parse_error);
  if (parse_error || !parser.is_header_done() || used != exchange.head_size ||
      parser.chunked() != exchange.head.chunked) {
    exchange.refusal = service.refuse(bad_head, nullptr);
    co_return true;
  }
  buffer_.consume(used);
  if (parser.is_done()) co_return true;

  std::string const media_type = media_type_of(request.header("content-type"));
  bool const is_multipart = media_type == "multipart/form-data";
  bool const takes_files = is_multipart && exchange.admission.takes_files;
  if (is_multipart && !takes_files) {
    HeadFault const fault{415, {"这里不接受 multipart/form-data", "multipart/form-data is not taken here"}};
    exchange.refusal = service.refuse(fault, &request);
    co_return true;
  }
  // A form's fields and boundaries come on top of its files.
  std::int64_t const bytes_max =
      takes_files ? settings.upload_bytes_max + (1 << 20) : settings.body_bytes_max;
  Refusal const too_large{Reason::TooLarge,
                          {Fault{"",
                                 {"请求体超过 " + std::to_string(bytes_max) + " 字节的上限",
                                  "the body is larger than " + std::to_string(bytes_max) + " bytes"}}}};
  if (exchange.head.content_length > bytes_max) {
    exchange.refusal = service.refuse(too_large, &request);
    co_return true;
  }

  UploadSink sink(settings.upload_directory, settings.upload_bytes_max);
  std::optional<MultipartReader> multipart;
  if (takes_files) {
    Result<std::string> const boundary = boundary_of(request.header("content-type"));
    if (!boundary) {
      exchange.refusal = service.refuse(boundary.error(), &request);
      co_return true;
    }
    multipart.emplace(*boundary, sink);
  }

  std::int64_t const expected = exchange.head.chunked ? bytes_max : exchange.head.content_length;
  stream_.expires_after(settings.body_time_max +
                        std::chrono::milliseconds(expected * 1000 / settings.body_bytes_per_second_min));
  if (exchange.head.expects_continue && buffer_.size() == 0) {
    static std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto const go_on_buffer = asio::buffer(go_on);
    auto const [error, count] = co_await asio::async_write(stream_, go_on_buffer, with_error);
    if (error) co_return false;
  }

  auto const fields_in_head = std::distance(parser.get().begin(), parser.get().end());
  std::vector<char> piece(takes_files ? piece_bytes : 8192);
  std::int64_t received = 0;
  std::int64_t on_the_wire = 0;
  while (!parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    auto const [error, consumed] = co_await http::async_read_some(stream_, buffer_, parser, with_error);
    if (error == beast::error::timeout || error == asio::error::eof ||
        error == asio::error::connection_reset || error == http::error::partial_message ||
        error == asio::error::operation_aborted)
      co_return false;
    if (error && error != http::error::need_buffer) {
      exchange.refusal = service.refuse(bad_body, &request);
      co_return true;
    }
    std::size_t const size = piece.size() - parser.get().body().size;
    received += static_cast<std::int64_t>(size);
    on_the_wire += static_cast<std::int64_t>(consumed);
    // Chunks of one byte cost six on the wire; endless chunk extensions cost anything.
    if (received > bytes_max || on_the_wire > 8 * received + (64 << 10)) {
      exchange.refusal = service.refuse(too_large, &request);
      co_return true;
    }
    std::string_view const bytes(piece.data(), size);
    if (!multipart) {
      request.body.append(bytes);
    } else if (Result<void> const fed = multipart->feed(bytes); !fed) {
      exchange.refusal = service.refuse(fed.error(), &request);
      co_return true;
    }
  }
  if (std::distance(parser.get().begin(), parser.get().end()) != fields_in_head) {
    HeadFault const fault{400, {"不接受尾部字段", "trailers are not accepted"}};
    exchange.refusal = service.refuse(fault, &request);
    co_return true;
  }

  if (multipart) {
    if (Result<void> const finished = multipart->finish(); !finished) {
      exchange.refusal = service.refuse(finished.error(), &request);
      co_return true;
    }
    request.form = std::move(sink.fields);
    request.uploads = std::move(sink.files);
  } else if (media_type == "application/x-www-form-urlencoded") {
    Result<Pairs> pairs = read_pairs(request.body);
    if (!pairs) {
      exchange.refusal = service.refuse(pairs.error(), &request);
      co_return true;
    }
    request.form = std::move(*pairs);
    request.body.clear();
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
    Response refusal = shared_->service.refuse(handler_failed, nullptr);
    bool const written = co_await write(std::move(refusal), head_only, false);
    co_return written && false;
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
