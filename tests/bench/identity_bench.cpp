// What it costs to know who is asking: a session's look-up, which every request pays, against the SHA-256 of
// its token alone, in one run; while another thread commits, which makes every second's first look-up read
// the store. And what a password costs, and the accounts of a first start.
//
//     ./dev bench identity

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "engine/identity/demonstration.hpp"
#include "engine/identity/identity.hpp"
#include "engine/identity/secret.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/median.hpp"

namespace {

using namespace xiaohao;
using bench::median;
using Stopwatch = std::chrono::steady_clock;

constexpr int people = 70;
constexpr int rounds = 7;
constexpr int look_ups = 200'000;

double seconds_of(std::function<void()> const& work) {
  auto const begin = Stopwatch::now();
  work();
  return std::chrono::duration<double>(Stopwatch::now() - begin).count();
}

}  // namespace

int main() {
  std::string pattern = (std::filesystem::temp_directory_path() / "xiaohao-XXXXXX").string();
  std::filesystem::path const folder = ::mkdtemp(pattern.data());
  {
    auto const store = store::create_sqlite((folder / "county.db").string()).value();
    auto organisation = std::make_shared<Organisation>();
    for (int person = 0; person < people; ++person) {
      Username const username{"owner-" + std::to_string(person)};
      organisation->participants.emplace(
          username, Participant{username, username.value(), std::nullopt, {Role::Owner}, "", true});
    }
    (void)store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      for (auto const& [username, person] : organisation->participants) transaction.put_participant(person);
      return {};
    });
    SystemClock const clock;
    double const first_start =
        seconds_of([&] { (void)identity::demonstration_accounts(*store, *organisation, clock); });

    identity::Settings settings;
    settings.demonstration = true;
    identity::Identity identity(
        *store, clock, [&] { return organisation; }, settings);
    std::string token;
    double const sign_in =
        seconds_of([&] { token = identity.sign_in("owner-7", "demo-owner-7", "127.0.0.1").value().token; });
    double const refusal = seconds_of([&] { (void)identity.sign_in("nobody", "demo-owner-7", "127.0.0.1"); });

    std::atomic<bool> ending{false};
    std::thread writer([&] {
      while (!ending) {
        (void)store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
          transaction.append({0, clock.now(), clock.now(), Actor::clock(), std::nullopt, "bench",
                              nlohmann::json::object(), nlohmann::json::object()});
          return {};
        });
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
      }
    });
    std::vector<double> ours, hash_alone, four_threads;
    for (int round = 0; round < rounds; ++round) {
      ours.push_back(seconds_of([&] {
        for (int count = 0; count < look_ups; ++count)
          if (!identity.of_session(token)) std::abort();
      }));
      hash_alone.push_back(seconds_of([&] {
        for (int count = 0; count < look_ups; ++count)
          if (identity::hash_of_secret(token).empty()) std::abort();
      }));
      four_threads.push_back(seconds_of([&] {
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
          threads.emplace_back([&] {
            for (int count = 0; count < look_ups / 4; ++count)
              if (!identity.of_session(token)) std::abort();
          });
        for (std::thread& thread : threads) thread.join();
      }));
    }
    ending = true;
    writer.join();
    auto const microseconds = [](std::vector<double> const& times) { return median(times) / look_ups * 1e6; };
    std::printf("look-up of a session        %7.2f us (SHA-256 of the token alone %.2f us, ratio %.2f)\n",
                microseconds(ours), microseconds(hash_alone), median(hash_alone) / median(ours));
    std::printf("from four threads at once   %7.2f us each, in turn\n", microseconds(four_threads));
    std::printf("signing in                  %7.1f ms, refused as an unknown user %.1f ms\n", sign_in * 1e3,
                refusal * 1e3);
    std::printf("accounts of a first start   %7.2f s for %d people\n", first_start, people);
  }
  std::filesystem::remove_all(folder);
}
