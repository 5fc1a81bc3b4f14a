#include "web/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <condition_variable>
#include <iostream>
#include <thread>
#include <vector>

#include "web/http/response_head.hpp"
#include "web/http/server_connection.hpp"

namespace xiaohao::web {

struct Server::State {
  State(ServerSettings const& settings, Service& service)
      : shared(std::make_shared<Connections>(settings, service)),
        context(std::make_shared<asio::io_context>(settings.threads)),
        acceptor(asio::make_strand(*context)) {
    shared->context = context;
  }

  std::shared_ptr<Connections> shared;
  std::shared_ptr<asio::io_context> context;
  asio::ip::tcp::acceptor acceptor;
  std::condition_variable emptied;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;

  asio::awaitable<void> accept();
  void welcome(asio::ip::tcp::socket socket);
  void turn_away(asio::ip::tcp::socket socket);
};

namespace {

tl::unexpected<Refusal> cannot_listen(std::string const& address, std::string const& why) {
  return refuse(Reason::Unavailable, "",
                {"无法监听 " + address + "：" + why, "cannot listen on " + address + ": " + why});
}

void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

asio::awaitable<void> Server::State::accept() {
  asio::steady_timer pause(*context);
  while (acceptor.is_open()) {
    auto const strand = asio::make_strand(*context);
    auto [error, socket] = co_await acceptor.async_accept(strand, with_error);
    if (error == asio::error::operation_aborted || shared->draining) break;
    if (error) {
      // Out of file descriptors or memory: those who are connected will give some back.
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(with_error);
      continue;
    }
    welcome(std::move(socket));
  }
}

void Server::State::welcome(asio::ip::tcp::socket socket) {
  beast::error_code error;
  auto const endpoint = socket.remote_endpoint(error);
  if (error) return;  // gone already
  std::string address = endpoint.address().to_string();
  bool full = false;
  {
    std::lock_guard const lock(shared->mutex);
    auto const known = shared->by_address.find(address);
    full =
        static_cast<int>(shared->open.size()) >= shared->settings.connections_max ||
        (known != shared->by_address.end() && known->second >= shared->settings.connections_per_address_max);
  }
  if (full) return turn_away(std::move(socket));
  auto executor = socket.get_executor();
  auto connection = std::make_shared<Connection>(std::move(socket), std::move(address), shared);
  asio::awaitable<void> running = connection->run();
  // The completion owns the connection, so that it lives as long as its coroutine.
  auto ended = [connection](std::exception_ptr failure) { rethrow(failure); };
  asio::co_spawn(executor, std::move(running), std::move(ended));
}

void Server::State::turn_away(asio::ip::tcp::socket socket) {
  shared->service.answered(503);
  HeadFault const fault{503, {"连接太多，请稍后再试", "too many connections; try again later"}};
  Response response = shared->service.refuse(fault, nullptr);
  response.headers.emplace_back("Retry-After", "5");
  std::string const text =
      response_head(response, static_cast<std::int64_t>(response.body->size()), false) + *response.body;
  beast::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
}

Server::Server(ServerSettings settings, Service& service)
    : state_(std::make_shared<State>(settings, service)) {}

Server::~Server() { stop(); }

Result<void> Server::listen() {
  ServerSettings const& settings = state_->shared->settings;
  std::string const address = settings.host + ":" + std::to_string(settings.port);
  beast::error_code error;
  auto const host = asio::ip::make_address(settings.host == "localhost" ? "127.0.0.1" : settings.host, error);
  if (error) return cannot_listen(address, "the host must be an IP address or localhost");
  asio::ip::tcp::endpoint const endpoint(host, settings.port);
  asio::ip::tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use)
    return cannot_listen(address, "the port is in use; stop the other server or choose another port");
  if (error) return cannot_listen(address, error.message());
  state_->port = acceptor.local_endpoint().port();
  return {};
}

std::string Server::address() const {
  std::string const& host = state_->shared->settings.host;
  return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(state_->port);
}

std::uint16_t Server::port() const { return state_->port; }

void Server::start() {
  asio::awaitable<void> accepting = state_->accept();
  auto const executor = state_->acceptor.get_executor();
  asio::co_spawn(executor, std::move(accepting), rethrow);
  for (int thread = 0; thread < state_->shared->settings.threads; ++thread) {
    state_->threads.emplace_back([context = state_->context.get()] {
      while (true) {
        try {
          context->run();
          return;
        } catch (std::exception const& error) {
          std::cerr << "xiaohao: the server goes on after: " << error.what() << std::endl;
        }
      }
    });
  }
}

void Server::stop() {
  if (!state_) return;
  if (state_->threads.empty()) return state_.reset();  // never started
  Connections& shared = *state_->shared;
  asio::post(state_->acceptor.get_executor(), [state = state_.get()] {
    beast::error_code ignored;
    state->acceptor.close(ignored);
  });
  {
    std::unique_lock lock(shared.mutex);
    shared.draining = true;
    shared.on_empty = [this] {
      std::lock_guard const waiting(state_->shared->mutex);
      state_->emptied.notify_all();
    };
    for (Connection* connection : shared.open) connection->drain();
    state_->emptied.wait_for(lock, shared.settings.drain_time_max, [&] { return shared.open.empty(); });
    shared.on_empty = nullptr;
  }
  state_->context->stop();
  for (std::thread& thread : state_->threads) thread.join();
  state_.reset();
}

}  // namespace xiaohao::web
