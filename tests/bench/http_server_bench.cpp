// The server against a bare Beast handler that sends the same bytes from memory: what sign-in, gate, limits
// and routing cost a page.
//
//     http_server_bench [SECONDS]     prints requests per second of both and their ratio: medians of
//     interleaved rounds

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "web/front_door.hpp"
#include "web/http/server.hpp"

namespace {

using namespace xiaohao;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr int server_threads = 2;
constexpr int clients = 8;
constexpr std::size_t page_bytes = 40'000;  // what a dashboard of 24 tasks weighs

std::string const page(page_bytes, 'x');

asio::awaitable<void> serve_bare(asio::ip::tcp::socket socket) {
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

asio::awaitable<void> accept_bare(asio::ip::tcp::acceptor& acceptor) {
  try {
    while (true) {
      asio::ip::tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
      auto const executor = socket.get_executor();
      asio::awaitable<void> serving = serve_bare(std::move(socket));
      asio::co_spawn(executor, std::move(serving), asio::detached);
    }
  } catch (boost::system::system_error const&) {
  }
}

class OnePerson final : public web::SignIn {
 public:
  tl::expected<web::SignedIn, web::SignInRefusal> sign_in(std::string const&, std::string const&,
                                                          std::string const&) override {
    return web::SignedIn{"session", web::Visitor{Username{"leader"}, "csrf"}};
  }
  std::optional<web::Visitor> of_session(std::string const&) override {
    return web::Visitor{Username{"leader"}, "csrf"};
  }
  std::optional<web::Visitor> of_bearer(std::string const&) override { return std::nullopt; }
  void sign_out(std::string const&) override {}
};

/// Requests per second that `clients` connections get out of `port` within `time`.
double rate_of(std::uint16_t port, std::chrono::milliseconds time) {
  std::atomic<bool> stop{false};
  std::atomic<long> answered{0};
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&] {
      int const descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(port);
      ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
      if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
      std::string const request =
          "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: xiaohao_session=0123456789abcdef0123456789abcdef\r\n"
          "Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n";
      std::vector<char> bytes(1 << 17);
      while (!stop) {
        if (::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) <= 0) std::abort();
        std::size_t have = 0;
        std::size_t want = 0;
        while (want == 0 || have < want) {
          auto const count = ::recv(descriptor, bytes.data() + have, bytes.size() - have, 0);
          if (count <= 0) std::abort();
          have += static_cast<std::size_t>(count);
          std::string_view const seen(bytes.data(), have);
          if (auto const end = seen.find("\r\n\r\n"); want == 0 && end != seen.npos)
            want = end + 4 + page_bytes;
        }
        ++answered;
      }
      ::close(descriptor);
    });
  }
  auto const begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(time);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  return static_cast<double>(answered) / took.count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** values) {
  double const seconds = count > 1 ? std::atof(values[1]) : 5;
  int const rounds = 9;
  std::chrono::milliseconds const round(static_cast<int>(seconds * 1000 / rounds / 2));

  asio::io_context context(server_threads);
  asio::ip::tcp::endpoint const any(asio::ip::address_v4::loopback(), 0);
  asio::ip::tcp::acceptor acceptor(context, any);
  asio::awaitable<void> accepting = accept_bare(acceptor);
  asio::co_spawn(context, std::move(accepting), asio::detached);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < server_threads; ++thread) threads.emplace_back([&] { context.run(); });

  OnePerson people;
  web::Router router;
  auto const body = std::make_shared<std::string const>(page);
  for (char const* path :
       {"/items", "/desk", "/reviews", "/notices", "/items/{id}", "/api/v1/items", "/api/v1/items/{id}"})
    router.add("GET", path, web::Access::SignedIn, nullptr);
  router.add("GET", "/", web::Access::SignedIn,
             [body](std::shared_ptr<web::Request const>, web::Respond respond) {
               web::Response response;
               response.body = body;
               respond(std::move(response));
             });
  web::FrontDoor door(router, people, [](web::Request const&, int status, Text const& detail) {
    return web::text_response(status, "text/plain", detail.en);
  });
  web::ServerSettings settings;
  settings.threads = server_threads;
  web::Server server(settings, door);
  if (!server.listen()) return 3;
  server.start();

  std::vector<double> bare;
  std::vector<double> ours;
  rate_of(server.port(), 200ms);
  for (int number = 0; number < rounds; ++number) {
    bare.push_back(rate_of(acceptor.local_endpoint().port(), round));
    ours.push_back(rate_of(server.port(), round));
  }
  std::printf(
      "bare Beast handler   %8.0f requests/s\nserver with sign-in  %8.0f requests/s\nratio                "
      "%8.2f\n",
      median(bare), median(ours), median(ours) / median(bare));
  server.stop();
  context.stop();
  for (std::thread& thread : threads) thread.join();
}
