#include "engine/identity/demonstration.hpp"

#include <vector>

#include "engine/identity/authority.hpp"
#include "engine/identity/password_hash.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::identity {
namespace {

/// Everybody knows these passwords: a dear hash would protect nothing, and dozens of them were most of the
/// first start. Whoever signs in has his hashed anew, as with any hash of another cost.
constexpr HashCost cheap{8192, 1};

}  // namespace

Result<int> demonstration_accounts(store::Store& store, Organisation const& organisation,
                                   Clock const& clock) {
  std::vector<Username> without;
  {
    auto const reader = store.read();
    for (auto const& [username, participant] : organisation.participants)
      if (participant.active && !reader->account(username)) without.push_back(username);
  }
  if (without.empty()) return 0;
  PasswordHasher const hasher(cheap);
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Instant const now = clock.now();
    nlohmann::json usernames = nlohmann::json::array();
    for (Username const& username : without) {
      transaction.put_account({username, hasher.hash("demo-" + username.value()), false, now});
      usernames.push_back(username.value());
    }
    record(transaction, {Actor::engine(), now}, "account.demonstration",
           {{"usernames", std::move(usernames)}});
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return static_cast<int>(without.size());
}

}  // namespace xiaohao::identity
