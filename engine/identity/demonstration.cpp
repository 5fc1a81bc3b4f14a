#include "engine/identity/demonstration.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/identity/authority.hpp"
#include "engine/identity/password_hash.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::identity {
namespace {

/// Hashes on two threads: it is most of the first start.
std::vector<std::string> hashes_of(std::vector<Username> const& usernames, HashCost cost) {
  PasswordHasher const hasher(cost);
  std::vector<std::string> hashes(usernames.size());
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  auto const work = [&] {
    try {
      for (std::size_t at = next++; at < usernames.size(); at = next++)
        hashes[at] = hasher.hash("demo-" + usernames[at].value());
    } catch (...) {
      std::lock_guard const lock(mutex);
      failure = std::current_exception();
    }
  };
  std::thread other(work);
  work();
  other.join();
  if (failure) std::rethrow_exception(failure);
  return hashes;
}

}  // namespace

Result<int> demonstration_accounts(store::Store& store, Organisation const& organisation, Clock const& clock,
                                   HashCost cost) {
  std::vector<Username> without;
  {
    auto const reader = store.read();
    for (auto const& [username, participant] : organisation.participants)
      if (participant.active && !reader->account(username)) without.push_back(username);
  }
  if (without.empty()) return 0;
  std::vector<std::string> const hashes = hashes_of(without, cost);
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Instant const now = clock.now();
    nlohmann::json usernames = nlohmann::json::array();
    for (std::size_t at = 0; at < without.size(); ++at) {
      transaction.put_account({without[at], hashes[at], false, now});
      usernames.push_back(without[at].value());
    }
    record(transaction, {Actor::engine(), now}, "account.demonstration",
           {{"usernames", std::move(usernames)}});
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return static_cast<int>(without.size());
}

}  // namespace xiaohao::identity
