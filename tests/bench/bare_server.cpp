#include "tests/bench/bare_server.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace xiaohao::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

asio::awaitable<void> serve(asio::ip::tcp::socket socket, std::string const& page) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  try {
    while (true) {
      http::request<http::string_body> request;
      co_await http::async_read(stream, buffer, request, asio::use_awaitable);
      http::response<http::span_body<char const>> response;
      response.result(http::status::ok);
      response.set(http::field::content_type, "text/html; charset=utf-8");
      response.body() = beast::span<char const>(page.data(), page.size());
      response.prepare_payload();
      co_await http::async_write(stream, response, asio::use_awaitable);
    }
  } catch (boost::system::system_error const&) {
  }
}

asio::awaitable<void> take_in(asio::ip::tcp::socket socket, std::string const& folder) {
  static std::atomic<int> files{0};
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  buffer.reserve(std::size_t{1} << 16);  // Beast reads no more at once than there is room for
  try {
    while (true) {
      std::string const name =
          folder + "/xiaohao-bench-" + std::to_string(::getpid()) + "-" + std::to_string(++files);
      beast::error_code opened;
      http::request_parser<http::file_body> parser;
      parser.body_limit(boost::none);
      parser.get().body().open(name.c_str(), beast::file_mode::write, opened);
      co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
      parser.get().body().close();
      ::unlink(name.c_str());
      http::response<http::empty_body> response;
      response.result(http::status::ok);
      response.prepare_payload();
      response.content_length(0);
      co_await http::async_write(stream, response, asio::use_awaitable);
    }
  } catch (boost::system::system_error const&) {
  }
}

using Serving = asio::awaitable<void> (*)(asio::ip::tcp::socket, std::string const&);

asio::awaitable<void> accept(asio::ip::tcp::acceptor& acceptor, Serving serve_one, std::string const& given) {
  while (true) {
    asio::ip::tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    auto const executor = socket.get_executor();
    asio::awaitable<void> serving = serve_one(std::move(socket), given);
    asio::co_spawn(executor, std::move(serving), asio::detached);
  }
}

std::uint16_t serve_apart(Serving serve_one, std::string const& given, int thread_count) {
  asio::io_context context(thread_count);
  asio::ip::tcp::acceptor acceptor(context, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  std::uint16_t const port = acceptor.local_endpoint().port();
  context.notify_fork(asio::io_context::fork_prepare);
  pid_t const child = ::fork();
  if (child < 0) std::abort();
  if (child > 0) {
    context.notify_fork(asio::io_context::fork_parent);
    return port;  // the parent's acceptor closes here; the child's listens on
  }
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  context.notify_fork(asio::io_context::fork_child);
  asio::awaitable<void> accepting = accept(acceptor, serve_one, given);
  asio::co_spawn(context, std::move(accepting), asio::detached);
  std::vector<std::thread> threads;
  for (int thread = 1; thread < thread_count; ++thread) threads.emplace_back([&] { context.run(); });
  context.run();
  ::_exit(0);
}

}  // namespace

std::uint16_t serve_bare(std::string page, int threads) { return serve_apart(serve, page, threads); }
std::uint16_t serve_writing(std::string folder, int threads) { return serve_apart(take_in, folder, threads); }

}  // namespace xiaohao::bench
