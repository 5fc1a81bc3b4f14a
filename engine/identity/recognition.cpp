#include "engine/identity/recognition.hpp"

#include <algorithm>
#include <utility>

#include "engine/identity/secret.hpp"

namespace xiaohao::identity {
namespace {

/// Beyond it the cache begins anew.
constexpr std::size_t known_max = 20'000;

/// Longer than any token there is: not worth a hash.
constexpr std::size_t token_bytes_max = 128;

bool could_be_one(std::string const& token) { return !token.empty() && token.size() <= token_bytes_max; }

using Seen = std::vector<std::pair<std::string, Instant>>;

Result<void> write_last_seen(store::Transaction& transaction, Seen const& seen) {
  for (auto const& [hash, at] : seen) {
    // It may have been ended meanwhile, and must not come back.
    std::optional<Session> session = transaction.session(hash);
    if (!session || session->last_seen_at >= at) continue;
    session->last_seen_at = at;
    transaction.put_session(*session);
  }
  return {};
}

}  // namespace

Recognition::Recognition(store::Store& store, Clock const& clock, People people, Settings const& settings)
    : store_(store),
      clock_(clock),
      people_(std::move(people)),
      settings_(settings),
      last_seen_written_at_(clock.now()) {}

bool Recognition::may_sign_in(Username const& username) const {
  std::shared_ptr<Organisation const> const organisation = people_();
  Participant const* participant = organisation->participant(username);
  return participant && participant->active;
}

template <class Credential, class Read>
std::optional<Credential> Recognition::recognise(Cache<Credential>& cache, std::string const& hash,
                                                 Instant now, Read const& read) {
  std::int64_t const commits = store_.commits();
  std::shared_ptr<Organisation const> const people = people_();
  std::uint64_t forgotten;
  {
    std::lock_guard const lock(mutex_);
    auto const known = cache.find(hash);
    // Whoever left and came back has lost his sessions meanwhile, though nobody asked for them.
    if (known != cache.end() && known->second.people == people &&
        (known->second.commits == commits ||
         (now >= known->second.read_at && now - known->second.read_at < settings_.recognised_for)))
      return known->second.credential;
    forgotten = forgotten_;
  }
  std::optional<Credential> found;
  {
    std::shared_ptr<store::Reader const> const reader = store_.read();
    found = read(*reader);
    std::optional<Account> const account = found ? reader->account(found->username) : std::nullopt;
    if (!account || account->disabled) found.reset();
  }
  std::lock_guard const lock(mutex_);
  if (!found) {
    cache.erase(hash);
  } else if (forgotten == forgotten_) {
    if (cache.size() >= known_max) cache.clear();
    auto const [known, is_new] =
        cache.try_emplace(hash, Known<Credential>{*found, now, commits, false, people});
    if constexpr (std::is_same_v<Credential, Session>)
      if (!is_new) found->last_seen_at = std::max(found->last_seen_at, known->second.credential.last_seen_at);
    known->second.credential = *found;
    known->second.read_at = now;
    known->second.commits = commits;
    known->second.people = people;
  }
  return found;
}

bool Recognition::must_set_up_codes(store::Reader const& reader, Username const& username) const {
  if (settings_.demonstration) return false;
  std::shared_ptr<Organisation const> const organisation = people_();
  Participant const* const participant = organisation->participant(username);
  bool const required =
      participant && std::any_of(settings_.codes_required_of.begin(), settings_.codes_required_of.end(),
                                 [&](Role role) { return participant->has(role); });
  if (!required) return false;
  auto const codes = reader.one_time_codes(username);
  return !codes || !codes->since;
}

std::optional<Session> Recognition::live_session(std::string const& hash, Instant now) {
  std::optional<Session> session = recognise(sessions_, hash, now, [&](store::Reader const& reader) {
    std::optional<Session> read = reader.session(hash);
    if (read) read->must_set_up_codes = must_set_up_codes(reader, read->username);
    return read;
  });
  if (!session || now >= session->expires_at || now - session->last_seen_at >= settings_.session_idle_max ||
      !may_sign_in(session->username))
    return std::nullopt;
  return session;
}

std::optional<Session> Recognition::session(std::string const& token) {
  if (!could_be_one(token)) return std::nullopt;
  std::string const hash = hash_of_secret(token);
  Instant const now = clock_.now();
  std::optional<Session> session = live_session(hash, now);
  if (session) see(hash, now);
  return session;
}

std::optional<Session> Recognition::unattended_session(std::string const& token) {
  if (!could_be_one(token)) return std::nullopt;
  return live_session(hash_of_secret(token), clock_.now());
}

std::optional<AccessToken> Recognition::access_token(std::string const& token) {
  if (!could_be_one(token)) return std::nullopt;
  std::string const hash = hash_of_secret(token);
  Instant const now = clock_.now();
  std::optional<AccessToken> known = recognise(
      access_tokens_, hash, now, [&](store::Reader const& reader) { return reader.access_token(hash); });
  if (!known || known->revoked || (known->expires_at && now >= *known->expires_at) ||
      !may_sign_in(known->username))
    return std::nullopt;
  return known;
}

void Recognition::see(std::string const& hash, Instant now) {
  Seen seen;
  {
    std::lock_guard const lock(mutex_);
    auto const known = sessions_.find(hash);
    if (known == sessions_.end()) return;
    if (now > known->second.credential.last_seen_at) {
      known->second.credential.last_seen_at = now;
      known->second.seen_since = true;
    }
    if (now >= last_seen_written_at_ && now - last_seen_written_at_ < settings_.last_seen_written_every)
      return;
    last_seen_written_at_ = now;
    // All at once: each commit makes what readers share stale.
    for (auto& [each, known_session] : sessions_)
      if (std::exchange(known_session.seen_since, false))
        seen.emplace_back(each, known_session.credential.last_seen_at);
  }
  if (seen.empty()) return;
  store_.write([seen = std::move(seen)](
                   store::Transaction& transaction) { return write_last_seen(transaction, seen); },
               [](Result<void> const&) {});  // lost, it ends a session up to a minute early
}

void Recognition::forget() {
  std::lock_guard const lock(mutex_);
  sessions_.clear();
  access_tokens_.clear();
  ++forgotten_;
}

}  // namespace xiaohao::identity
