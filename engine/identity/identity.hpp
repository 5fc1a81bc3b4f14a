#pragma once

// Who is who: signing in, sessions, access tokens, and the accounts behind them. The one door for changes of
// those, as `Engine` is for items: what it knows by heart it forgets when it changes them.
//
//     SystemClock machine;   // not the product's clock: moving that one must sign nobody out
//     Identity identity(store, machine, [&] { return engine.organisation(); }, settings);
//     auto signed_in = identity.sign_in("leader", password, "10.1.2.3");
//     identity.of_session(signed_in->token);   // at each request, from memory
//
// Secrets are stored hashed only: passwords by Argon2id, tokens by SHA-256. All methods may be called from
// any thread; those that hash or write block, `of_session` and `of_bearer` do not.

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "engine/clock/clock.hpp"
#include "engine/identity/authority.hpp"
#include "engine/identity/password_hash.hpp"
#include "engine/identity/recognition.hpp"
#include "engine/identity/settings.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::identity {

struct NewSession {
  std::string token;  ///< for the cookie; nobody can tell it again
  Session session;
};

struct NewAccessToken {
  std::string token;  ///< shown once
  AccessToken access_token;
};

/// Unauthenticated, with the same bytes for an unknown user and a wrong password, and with `/code` when the
/// password is right and a one-time code is missing or wrong; TooOften with how long to wait; Forbidden when
/// the password is right and has expired; what the store refuses.
struct SignInRefusal {
  Refusal refusal;
  std::chrono::seconds retry_after{0};
};

/// For an authenticator app: a picture of `uri`, or `secret` typed by hand.
struct CodeSetup {
  std::string uri;     ///< `otpauth://totp/…`
  std::string secret;  ///< base32
};

/// What a link is for that sets a password: one's own account, or the first one of all.
struct Invitation {
  std::optional<Username> username;  ///< none: the first security administrator, who names himself
  Instant expires_at;
};

class Identity {
 public:
  Identity(store::Store& store, Clock const& clock, People people, Settings settings = {});

  /// Takes as long for an unknown user as for a wrong password. Each try is counted as a failure, for the
  /// account and for the address, before the password is looked at, so that many at once are not one; success
  /// takes it back. Blocks for a hash and two commits.
  ///
  /// `code` is asked of accounts that have one-time codes, and may be empty for others.
  tl::expected<NewSession, SignInRefusal> sign_in(std::string const& username, std::string const& password,
                                                  std::string const& code, std::string const& address);
  /// For somebody whom an OpenID Connect provider has recognised. Unauthenticated when there is no such
  /// account, or it is disabled.
  Result<NewSession> open_session(Username const& username, std::string const& address);
  std::optional<Session> of_session(std::string const& session_token);
  /// The same, asked by a program that runs without a person: the session goes on growing idle.
  std::optional<Session> of_unattended_session(std::string const& session_token);
  std::optional<AccessToken> of_bearer(std::string const& access_token);
  Result<void> sign_out(std::string const& session_token);

  /// The sessions of a user that have not expired, the latest first. `token_hash` names one of them.
  std::vector<Session> sessions(Username const& username) const;
  Result<void> end_session(Username const& username, std::string const& token_hash);
  Result<void> end_sessions(Username const& username);  ///< wherever they are signed in

  /// Makes `participant`, or changes the one of that name to it, and gives them an account. Refuses
  /// NotPossible when there is an account; Malformed, with every fault, when the user name, the name, the
  /// roles or the password will not do. The engine's organisation is to be loaded anew afterwards.
  Result<void> add_account(Participant const& participant, std::string const& password,
                           Authority const& authority);
  /// Ends every session of the user. Refuses NotFound, and a password that the rules do not allow or that is
  /// the present one.
  Result<void> set_password(Username const& username, std::string const& password,
                            Authority const& authority);
  /// By the user, who proves to know the present one. Wrong ones count as failures to sign in.
  Result<void> change_password(Username const& username, std::string const& present,
                               std::string const& password, std::string const& address,
                               Authority const& authority);
  /// Ends every session, and revokes every token and every calendar feed of the user, too. Enabling brings
  /// none of them back.
  Result<void> disable(Username const& username, Authority const& authority);
  Result<void> enable(Username const& username, Authority const& authority);

  /// Whether signing in asks the user for a code.
  bool has_one_time_codes(Username const& username) const;
  /// A new secret, which counts once `confirm_one_time_codes` has seen a code of it. NotPossible when codes
  /// are asked for already: they are removed first.
  Result<CodeSetup> begin_one_time_codes(Username const& username);
  /// The secret that was begun, to be shown again while it is not confirmed.
  std::optional<CodeSetup> begun_one_time_codes(Username const& username) const;
  /// Refuses a code that is not of now (`/code`). A wrong one counts as a failure to sign in.
  Result<void> confirm_one_time_codes(Username const& username, std::string const& code,
                                      std::string const& address, Authority const& authority);
  /// By whoever may: the user with his password (asked before this is called), or the security administrator
  /// for someone who has lost the app. Ends the user's sessions.
  Result<void> remove_one_time_codes(Username const& username, Authority const& authority);
  /// That the user knows the present password: asked again before what cannot be taken back. A wrong one
  /// counts as a failure to sign in.
  Result<void> prove_password(Username const& username, std::string const& password,
                              std::string const& address);

  /// Refuses a name that an unrevoked token of the user has, no scope at all, and a lifetime of no time or
  /// more than a year.
  Result<NewAccessToken> create_token(Username const& username, std::string const& name,
                                      std::vector<Scope> const& scopes, std::chrono::hours lifetime,
                                      Authority const& authority);
  Result<void> revoke_token(Username const& username, std::string const& name, Authority const& authority);

  /// Whether anybody can sign in at all: false on a database that was just made.
  bool has_accounts() const;
  /// A link by which the first security administrator makes himself known, for an hour; the one before ends.
  /// Returns its secret, which nobody can tell again. Only while there are no accounts (NotPossible).
  Result<std::string> offer_first_set_up();
  /// A link by which `username`, who has no account, sets his password, for three days; the one before ends.
  /// NotFound, NotPossible.
  Result<std::string> invite(Username const& username, Authority const& authority);
  /// Whom an unused link is for that has not run out; nothing for any other secret.
  std::optional<Invitation> invitation(std::string const& secret) const;
  /// Uses the link up: the account is made with `password`, and for the first security administrator the
  /// person as well (`person`'s roles and unit do not count; of others' links nothing of it does). Refuses
  /// NotFound for a link that is no good, Malformed as `add_account`. The engine's organisation is to be
  /// loaded anew afterwards.
  Result<Username> accept_invitation(std::string const& secret, Participant person,
                                     std::string const& password, Instant at);

  std::optional<CalendarFeed> calendar_feed(Username const& username) const;
  /// The secret of a new address, which takes the place of the one before. NotFound without an account.
  Result<std::string> make_calendar_feed(Username const& username, Authority const& authority);
  Result<void> remove_calendar_feed(Username const& username, Authority const& authority);
  /// Whose feed it is; nobody's when the address was taken back or the account is disabled.
  std::optional<Username> of_calendar_feed(std::string const& secret) const;
  /// The feed of a unit; none when the address was taken back or its maker's account is disabled. Whether he
  /// may still have it is asked of the permission table: `may_have_unit_calendar`.
  std::optional<UnitCalendarFeed> of_unit_calendar_feed(std::string const& secret) const;

  Settings const& settings() const { return settings_; }

 private:
  store::Store& store_;
  Clock const& clock_;
  People people_;
  Settings settings_;
  PasswordHasher hasher_;
  Recognition recognition_;

  struct Attempt;
  tl::expected<Attempt, SignInRefusal> begin_attempt(std::string const& username, std::string const& address);
  tl::expected<Account, SignInRefusal> prove(std::string const& username, std::string const& password,
                                             Attempt const& attempt) const;
  void take_back(store::Transaction& transaction, Attempt const& attempt) const;
  tl::expected<std::int64_t, SignInRefusal> check_code(OneTimeCodes const& codes,
                                                       std::string const& code) const;
  bool expired(Account const& account) const;
  Result<void> change(store::Work work);
  std::vector<std::string> words_about(Participant const& participant) const;
};

}  // namespace xiaohao::identity
