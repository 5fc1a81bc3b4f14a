#pragma once

// One connection of the server: reads requests one after the other, each through the gate, and answers each
// before the next.

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "web/http/server.hpp"

namespace xiaohao::web {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// Completes an operation with its error as a value, to be named by a structured binding.
constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

class Connection;

/// What the connections of one server share.
struct Connections {
  Connections(ServerSettings own_settings, Service& its_service)
      : settings(std::move(own_settings)), service(its_service) {}

  ServerSettings settings;
  Service& service;
  std::weak_ptr<asio::io_context> context;  ///< weak: the context owns what waits in it, connections included
  std::atomic<bool> draining{false};

  std::mutex mutex;
  std::unordered_set<Connection*> open;
  std::map<std::string, int> by_address;
  std::function<void()> on_empty;  ///< called when the last connection ends while draining
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::ip::tcp::socket socket, std::string address, std::shared_ptr<Connections> shared);
  ~Connection();

  asio::awaitable<void> run();
  void drain();  ///< from any thread: ends at once when idle, else after the request that runs

 private:
  /// One request on its way.
  struct Exchange {
    std::size_t head_size = 0;
    Head head;
    std::shared_ptr<Request> request = std::make_shared<Request>();
    Admission admission;
    std::optional<Response>
        refusal;  ///< when set before the body is read to its end, the connection ends with it
  };

  std::string address_;
  std::shared_ptr<Connections> shared_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  bool idle_ = true;
  std::shared_ptr<EventFeed> feed_;

  asio::awaitable<bool> serve_one();  ///< false: the connection ends
  asio::awaitable<bool> read_head_bytes(Exchange& exchange);
  asio::awaitable<bool> read_body(Exchange& exchange);
  asio::awaitable<Response> ask(std::shared_ptr<Request const> request, Handler handler);
  asio::awaitable<bool> write(Response response, bool head_only, bool keep_alive);
  asio::awaitable<bool> write_file(Response response, bool head_only, bool keep_alive);
  asio::awaitable<bool> write_events(Response response);
  asio::awaitable<void> linger();
};

}  // namespace xiaohao::web
