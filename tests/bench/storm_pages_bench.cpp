// A storm as those feel it who work meanwhile: 100,000 notices fall due at the same minute, the server
// decides and commits them, and a page is asked for again and again. Its time at the slowest in a hundred,
// against the same before the storm. Goal: under twice as long.
//
//     ./dev bench storm_pages [NOTICES]

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/bench/page_times.hpp"
#include "tests/bench/program_server.hpp"
#include "tests/bench/storm_county.hpp"

using namespace xiaohao;

int main(int count, char** words) {
  int const notices = count > 1 ? std::atoi(words[1]) : 100'000;
  std::filesystem::path const folder = std::filesystem::temp_directory_path() / "xiaohao-storm-pages-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::string const database = (folder / "storm.db").string();
  { bench::StormCounty const made(database, notices / bench::notices_per_item); }
  {
    bench::ProgramServer const server(XIAOHAO_PROGRAM, database, "2024-02-29T12:00:00+08:00");
    bench::SignedIn const administrator = bench::sign_in(server.port(), "admin");
    bench::SignedIn const leader = bench::sign_in(server.port(), "leader");
    std::string const page = bench::get_of(leader, "/items/1000");
    std::atomic<bool> goes_on = false;
    (void)bench::page_times(server.port(), page, goes_on);  // caches are warm
    double const quiet = bench::slowest_in_a_hundred(bench::page_times(server.port(), page, goes_on));
    goes_on = true;
    std::thread storm([&] {
      bench::advance(server.port(), administrator, "2024-03-01T08:37:00+08:00");
      goes_on = false;
    });
    auto const times = bench::page_times(server.port(), page, goes_on);
    storm.join();
    double const meanwhile = bench::slowest_in_a_hundred(times);
    std::printf(
        "p99 of a page, quiet             %8.2f ms\np99 of a page, in the storm      %8.2f ms (%zu "
        "pages)\nratio          "
        "                  %8.2f (goal under 2)\n",
        quiet, meanwhile, times.size(), meanwhile / quiet);
  }
  std::filesystem::remove_all(folder);
}
