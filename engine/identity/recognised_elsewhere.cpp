// A session for somebody whom an OpenID Connect provider has recognised.

#include "engine/identity/identity.hpp"
#include "engine/identity/secret.hpp"

namespace xiaohao::identity {

Result<NewSession> Identity::open_session(Username const& username, std::string const& address) {
  NewSession begun{new_secret(), {"", username, new_secret(), {}, {}, {}, address}};
  begun.session.token_hash = hash_of_secret(begun.token);
  Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    auto const account = transaction.account(username);
    auto const people = people_();
    Participant const* const participant = people->participant(username);
    if (!account || account->disabled || !participant || !participant->active)
      return refuse(Reason::Unauthenticated, "",
                    {"本系统没有这个账号，或已停用", "there is no such account here, or it is disabled"});
    Instant const now = clock_.now();
    begun.session.created_at = begun.session.last_seen_at = now;
    begun.session.expires_at = now + settings_.session_lifetime;
    transaction.delete_sessions_before(now);
    transaction.put_session(begun.session);
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return begun;
}

}  // namespace xiaohao::identity
