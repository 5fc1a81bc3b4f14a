// The server against a bare Beast handler that sends the same bytes from memory: what sign-in, gate, limits
// and routing cost a page.
//
//     http_server_bench [SECONDS]     prints requests per second of both and their ratio: medians of
//     interleaved rounds

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/bare_server.hpp"
#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"
#include "web/front_door.hpp"
#include "web/http/server.hpp"

namespace {

using namespace xiaohao;
using namespace std::chrono_literals;

constexpr int server_threads = 2;
constexpr std::size_t page_bytes = 40'000;  // what a dashboard of 24 tasks weighs

std::string const page(page_bytes, 'x');
std::string const request =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: xiaohao_session=0123456789abcdef0123456789abcdef\r\n"
    "Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n";

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

}  // namespace

int main(int count, char** values) {
  double const seconds = count > 1 ? std::atof(values[1]) : 5;
  int const rounds = 9;
  std::chrono::milliseconds const round(static_cast<int>(seconds * 1000 / rounds / 2));

  std::uint16_t const bare_port = bench::serve_bare(page, server_threads);

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
  bench::rate_of(server.port(), request, 200ms);
  for (int number = 0; number < rounds; ++number) {
    bare.push_back(bench::rate_of(bare_port, request, round));
    ours.push_back(bench::rate_of(server.port(), request, round));
  }
  std::printf(
      "bare Beast handler   %8.0f requests/s\nserver with sign-in  %8.0f requests/s\nratio                "
      "%8.2f\n",
      bench::median(bare), bench::median(ours), bench::median(ours) / bench::median(bare));
  server.stop();
}
