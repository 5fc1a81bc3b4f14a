// A hundred people sign in at once while others work: how long do their pages take, at the slowest in a
// hundred, against the same without anybody signing in? Goal: under twice as long.
//
//     ./dev bench sign_ins

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/program_server.hpp"

namespace {

using namespace xiaohao;
using namespace std::chrono_literals;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int sign_ins = 100, rounds = 5;
constexpr std::size_t pages_min = 300;

/// A page every two milliseconds, by a connection of its own, while `goes_on` and at least `pages_min`.
std::vector<double> page_times(std::uint16_t port, std::string const& request,
                               std::atomic<bool> const& goes_on) {
  std::vector<double> took;
  while (goes_on || took.size() < pages_min) {
    auto const begin = std::chrono::steady_clock::now();
    (void)bench::answer_of(port, request);
    took.push_back(Milliseconds(std::chrono::steady_clock::now() - begin).count());
    std::this_thread::sleep_for(2ms);
  }
  return took;
}

double slowest_in_a_hundred(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() * 99 / 100];
}

}  // namespace

int main() {
  bench::ProgramServer const server(XIAOHAO_PROGRAM);
  std::string const page = bench::get_of(bench::sign_in(server.port(), "leader"), "/items");
  std::atomic<bool> const idle{false};
  (void)page_times(server.port(), page, idle);  // caches are warm
  std::vector<double> quiet, stormy;
  for (int round = 0; round < rounds; ++round) {
    quiet.push_back(slowest_in_a_hundred(page_times(server.port(), page, idle)));
    std::atomic<bool> storm{true};
    std::atomic<int> waiting{sign_ins};
    std::vector<std::thread> people;
    for (int person = 0; person < sign_ins; ++person)
      people.emplace_back([&] {
        // Taken, or asked to wait: both are answers.
        std::string const body = R"({"username":"coordinator","password":"demo-coordinator"})";
        (void)bench::answer_of(
            server.port(),
            "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
        if (--waiting == 0) storm = false;
      });
    stormy.push_back(slowest_in_a_hundred(page_times(server.port(), page, storm)));
    for (std::thread& person : people) person.join();
  }
  std::printf(
      "p99 of a page, quiet           %8.2f ms\np99 while %d sign in          %8.2f ms\nratio                "
      "          %8.2f (goal under 2)\n",
      bench::median(quiet), sign_ins, bench::median(stormy), bench::median(stormy) / bench::median(quiet));
}
