// A hundred people sign in at once while others work: how long do their pages take, at the slowest in a
// hundred, against the same without anybody signing in? Goal: under twice as long.
//
//     ./dev bench sign_ins

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/page_times.hpp"
#include "tests/bench/program_server.hpp"

namespace {

using namespace xiaohao;

constexpr int sign_ins = 100, rounds = 5;

}  // namespace

int main() {
  bench::ProgramServer const server(XIAOHAO_PROGRAM);
  std::string const page = bench::get_of(bench::sign_in(server.port(), "leader"), "/items");
  std::atomic<bool> const idle{false};
  (void)bench::page_times(server.port(), page, idle);  // caches are warm
  std::vector<double> quiet, stormy;
  for (int round = 0; round < rounds; ++round) {
    quiet.push_back(bench::slowest_in_a_hundred(bench::page_times(server.port(), page, idle)));
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
    stormy.push_back(bench::slowest_in_a_hundred(bench::page_times(server.port(), page, storm)));
    for (std::thread& person : people) person.join();
  }
  std::printf(
      "p99 of a page, quiet           %8.2f ms\np99 while %d sign in          %8.2f ms\nratio                "
      "          %8.2f (goal under 2)\n",
      bench::median(quiet), sign_ins, bench::median(stormy), bench::median(stormy) / bench::median(quiet));
}
