// A simulated year against an independent, slow re-computation. XIAOHAO_SEEDS and XIAOHAO_ITEMS make it a
// large run:
// `./dev fuzz year SECONDS`, which also gives XIAOHAO_SECONDS.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <iostream>

#include "tests/simulation/real_year.hpp"

namespace xiaohao::simulation {
namespace {

int from_environment(char const* name, int otherwise) {
  char const* const text = std::getenv(name);
  return text && *text ? std::atoi(text) : otherwise;
}

std::string differences(std::set<std::string> const& real, std::set<std::string> const& plain) {
  std::string text;
  int shown = 0;
  for (std::string const& line : plain)
    if (!real.contains(line) && ++shown <= 20) text += "\n  missing: " + line;
  for (std::string const& line : real)
    if (!plain.contains(line) && ++shown <= 40) text += "\n  too much: " + line;
  return text;
}

TEST(Year, TellsExactlyThoseWhomThePlainComputationTells) {
  int const seeds = from_environment("XIAOHAO_SEEDS", 3);
  int const items = from_environment("XIAOHAO_ITEMS", 24);
  int const people = from_environment("XIAOHAO_PEOPLE", 30);
  int const first = from_environment("XIAOHAO_SEED", 1);
  int const seconds = from_environment("XIAOHAO_SECONDS", 0);
  auto const started = std::chrono::steady_clock::now();
  int done = 0;
  std::size_t notices = 0;
  for (int seed = first; seed < first + seeds; ++seed) {
    if (seconds > 0 && std::chrono::steady_clock::now() - started > std::chrono::seconds{seconds}) break;
    RealYear year(static_cast<std::uint64_t>(seed), items, people);
    year.live();
    std::set<std::string> const real = year.lines(), plain = recompute(year.what_happened());
    notices += real.size();
    ASSERT_EQ(real == plain, true) << "seed " << seed << ", " << year.summary() << differences(real, plain);
    ASSERT_EQ(year.broken_promises(), std::vector<std::string>{})
        << "seed " << seed << ", " << year.summary();
    EXPECT_GT(real.size(), 100u);
    ++done;
    if (seeds > 10)
      std::cout << "seed " << seed << ": " << real.size() << " notices; " << year.summary() << std::endl;
  }
  std::cout << done << " years, " << notices << " notices of the ladder, each as computed\n";
  EXPECT_GT(done, 0);
}

TEST(PlainYear, KnowsTheYearsWorkingDays) {
  int working = 0;
  for (Day day = day_from("2024-01-01"); day <= day_from("2024-12-31"); ++day) working += works(day) ? 1 : 0;
  EXPECT_EQ(working, 251);
  EXPECT_FALSE(works(day_from("2024-02-12")));
  EXPECT_TRUE(works(day_from("2024-02-18")));
  EXPECT_EQ(text_of(day_from("2024-02-29")), "2024-02-29");
}

}  // namespace
}  // namespace xiaohao::simulation
