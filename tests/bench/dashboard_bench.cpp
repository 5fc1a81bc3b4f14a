// The dashboard of the 2024 checklist against a bare Beast handler that sends the same bytes from memory. The
// server is the program itself with its demonstration accounts; both serve from processes of their own, by
// turns, and medians count.
//
//     ./dev bench dashboard [SECONDS]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bench/bare_server.hpp"
#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/program_server.hpp"

namespace {

using namespace xiaohao;
using namespace std::chrono_literals;

constexpr int server_threads = 2;  // as many as `xiaohao serve` has
constexpr int rounds = 9;

}  // namespace

int main(int count, char** values) {
  double const seconds = count > 1 ? std::atof(values[1]) : 5;
  std::chrono::milliseconds const round(static_cast<int>(seconds * 1000 / rounds / 2));
  bench::ProgramServer const server(XIAOHAO_PROGRAM);
  std::string const request = bench::get_of(bench::sign_in(server.port(), "leader"), "/");
  std::string const answer = bench::answer_of(server.port(), request);
  if (!answer.starts_with("HTTP/1.1 200")) return std::fprintf(stderr, "no dashboard\n"), 3;
  std::string const page = answer.substr(answer.find("\r\n\r\n") + 4);
  std::uint16_t const bare_port = bench::serve_bare(page, server_threads);

  std::vector<double> bare, ours;
  bench::rate_of(server.port(), request, 200ms);
  for (int number = 0; number < rounds; ++number) {
    bare.push_back(bench::rate_of(bare_port, request, round));
    ours.push_back(bench::rate_of(server.port(), request, round));
  }
  std::printf(
      "bare Beast handler, %zu bytes  %8.0f requests/s\ndashboard                      %8.0f requests/s\n"
      "ratio                          %8.2f (goal 0.5)\n",
      page.size(), bench::median(bare), bench::median(ours), bench::median(ours) / bench::median(bare));
}
