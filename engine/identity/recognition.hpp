#pragma once

// Whose token it is. Asked on the server's threads for every request, so it answers from memory: a hash and a
// look-up, about a microsecond. The store is read when a token is first seen, and again, at most once in
// `Settings::recognised_for`, when something has been committed since; it is never written to and waited for.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/clock/clock.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/identity/account.hpp"
#include "engine/identity/settings.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::identity {

/// The organisation as it now stands: `Engine::organisation`.
using People = std::function<std::shared_ptr<Organisation const>()>;

class Recognition {
 public:
  Recognition(store::Store& store, Clock const& clock, People people, Settings const& settings);

  /// The session of a cookie, and it has been seen now. None when there is no such session, it has been ended
  /// or has expired, or its account or participant may not sign in any more.
  std::optional<Session> session(std::string const& token);
  /// The same, without counting as seen.
  std::optional<Session> unattended_session(std::string const& token);
  std::optional<AccessToken> access_token(std::string const& token);

  /// What was known no longer counts: call it after every committed change of sessions, tokens or accounts.
  void forget();

 private:
  template <class Credential>
  struct Known {
    Credential credential;
    Instant read_at;
    std::int64_t commits;
    bool seen_since = false;                     ///< `last_seen_at` is later than what is stored
    std::shared_ptr<Organisation const> people;  ///< as they were then
  };
  template <class Credential>
  using Cache = std::unordered_map<std::string, Known<Credential>>;

  store::Store& store_;
  Clock const& clock_;
  People people_;
  Settings const& settings_;
  std::mutex mutex_;
  Cache<Session> sessions_;
  Cache<AccessToken> access_tokens_;
  std::uint64_t forgotten_ = 0;  ///< how often; what was read before the last time is not kept
  Instant last_seen_written_at_;

  template <class Credential, class Read>
  std::optional<Credential> recognise(Cache<Credential>& cache, std::string const& hash, Instant now,
                                      Read const& read);
  std::optional<Session> live_session(std::string const& hash, Instant now);
  bool must_set_up_codes(store::Reader const& reader, Username const& username) const;
  bool may_sign_in(Username const& username) const;
  void see(std::string const& hash, Instant now);
};

}  // namespace xiaohao::identity
