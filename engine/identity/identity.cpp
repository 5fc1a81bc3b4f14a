#include "engine/identity/identity.hpp"

#include <algorithm>
#include <utility>

#include "engine/identity/secret.hpp"
#include "engine/identity/sign_in_attempt.hpp"
#include "engine/identity/sign_in_failures.hpp"
#include "engine/identity/totp.hpp"

namespace xiaohao::identity {
namespace {

constexpr std::size_t username_bytes_max = 64;
constexpr std::size_t password_bytes_max = 1024;

SignInRefusal refusal_of(Refusal refusal, std::chrono::seconds retry_after = {}) {
  return {std::move(refusal), retry_after};
}

/// One text for every way not to be let in.
Refusal unauthenticated() {
  return {Reason::Unauthenticated,
          {Fault{"", {"用户名或密码不正确", "the user name or the password is wrong"}}}};
}

Refusal missing_code() {
  return {Reason::Unauthenticated,
          {Fault{"/code",
                 {"还需要身份验证器上的动态口令",
                  "a one-time code from the authenticator app is needed as well"}}}};
}

Refusal wrong_code() {
  return {Reason::Unauthenticated,
          {Fault{"/code",
                 {"动态口令不正确或已用过，请输入身份验证器上现在的口令",
                  "the one-time code is wrong or has been used; give the one that the app shows now"}}}};
}

Refusal too_often(std::chrono::seconds wait) {
  std::string const seconds = std::to_string(wait.count());
  return {Reason::TooOften,
          {Fault{"",
                 {"登录失败次数过多，请 " + seconds + " 秒后再试",
                  "too many attempts to sign in have failed; try again in " + seconds + " seconds"}}}};
}

/// User names are lower case; phones begin with a capital and end with a space.
std::string as_username(std::string_view typed) {
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  while (!typed.empty() && typed.back() == ' ') typed.remove_suffix(1);
  std::string name(typed.substr(0, username_bytes_max + 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

}  // namespace

Identity::Identity(store::Store& store, Clock const& clock, People people, Settings settings)
    : store_(store),
      clock_(clock),
      people_(std::move(people)),
      settings_(std::move(settings)),
      hasher_(settings_.hash_cost),
      recognition_(store_, clock_, people_, settings_) {}

tl::expected<Identity::Attempt, SignInRefusal> Identity::begin_attempt(std::string const& username,
                                                                       std::string const& address) {
  std::string const account_subject = subject_of_account(username);
  std::string const address_subject = subject_of_address(address);
  Attempt attempt;
  std::chrono::seconds wait{0};
  Result<void> const counted = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Instant const now = clock_.now();
    auto const of_account = transaction.sign_in_failures(account_subject);
    auto const of_address = transaction.sign_in_failures(address_subject);
    wait = std::max(wait_after(of_account, settings_.of_account, settings_, now).value_or(wait),
                    wait_after(of_address, settings_.of_address, settings_, now).value_or(wait));
    if (wait.count() > 0) return tl::unexpected(too_often(wait));
    attempt.counted_account = one_more(of_account, account_subject, settings_, now);
    attempt.counted_address = one_more(of_address, address_subject, settings_, now);
    if (attempt.counted_address.count > 1) attempt.address_before = of_address;  // else none, or long ago
    attempt.account = transaction.account(Username{username});
    attempt.codes = transaction.one_time_codes(Username{username});
    transaction.put_sign_in_failures(attempt.counted_account);
    transaction.put_sign_in_failures(attempt.counted_address);
    transaction.delete_sign_in_failures_before(now - settings_.failures_forgotten_after);
    return {};
  });
  if (!counted) return tl::unexpected(refusal_of(counted.error(), wait));
  return attempt;
}

void Identity::take_back(store::Transaction& transaction, Attempt const& attempt) const {
  transaction.clear_sign_in_failures(attempt.counted_account.subject);
  // Of the address only this try is taken back: else whoever owns one account could guess at others for ever.
  std::string const& subject = attempt.counted_address.subject;
  std::optional<SignInFailures> now = transaction.sign_in_failures(subject);
  if (!now) return;
  if (*now == attempt.counted_address) {
    if (attempt.address_before)
      transaction.put_sign_in_failures(*attempt.address_before);
    else
      transaction.clear_sign_in_failures(subject);
    return;
  }
  if (--now->count > 0)
    transaction.put_sign_in_failures(*now);
  else
    transaction.clear_sign_in_failures(subject);
}

bool Identity::expired(Account const& account) const {
  int const days = settings_.passwords.valid_days_max;
  return days > 0 && clock_.now() - account.changed_at >= std::chrono::hours{24} * days;
}

tl::expected<Account, SignInRefusal> Identity::prove(std::string const& username, std::string const& password,
                                                     Attempt const& attempt) const {
  std::shared_ptr<Organisation const> const organisation = people_();
  Participant const* participant = organisation->participant(Username{username});
  bool const is_public = !settings_.demonstration && password == "demo-" + username;
  bool const usable = attempt.account && !attempt.account->disabled && participant && participant->active &&
                      !is_public && password.size() <= password_bytes_max;
  // Whatever is wrong, one hash is computed, and what it says comes last.
  bool const matches = hasher_.matches(usable ? attempt.account->password_hash : hasher_.of_nobody(),
                                       password.substr(0, password_bytes_max));
  if (!usable || !matches) return tl::unexpected(refusal_of(unauthenticated()));
  return *attempt.account;
}

tl::expected<NewSession, SignInRefusal> Identity::sign_in(std::string const& typed_username,
                                                          std::string const& password,
                                                          std::string const& code,
                                                          std::string const& address) {
  std::string const username = as_username(typed_username);
  auto const attempt = begin_attempt(username.substr(0, username_bytes_max), address);
  if (!attempt) return tl::unexpected(attempt.error());
  auto const account = prove(username, password, *attempt);
  if (!account) return tl::unexpected(account.error());
  if (expired(*account))
    return tl::unexpected(
        refusal_of({Reason::Forbidden,
                    {Fault{"",
                           {"密码已过期，请联系安全管理员重新设置",
                            "the password has expired; the security administrator can set a new one"}}}}));

  std::optional<OneTimeCodes> const codes = attempt->codes;
  std::int64_t accepted_step = 0;
  if (codes && codes->since) {
    auto const accepted = check_code(*codes, code);
    if (!accepted) return tl::unexpected(accepted.error());
    accepted_step = *accepted;
  }

  NewSession begun{new_secret(), {"", account->username, new_secret(), {}, {}, {}, address}};
  begun.session.token_hash = hash_of_secret(begun.token);
  std::optional<std::string> const stronger =
      hasher_.outdated(account->password_hash) ? std::optional(hasher_.hash(password)) : std::nullopt;
  Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> current = transaction.account(account->username);
    if (current != *account) return tl::unexpected(unauthenticated());  // changed since the hash was read
    if (transaction.one_time_codes(account->username) != codes)
      return tl::unexpected(wrong_code());  // two at once with one code: the second is refused
    if (accepted_step > 0) {
      OneTimeCodes used = *codes;
      used.last_step = accepted_step;
      transaction.put_one_time_codes(used);
    }
    Instant const now = clock_.now();
    take_back(transaction, *attempt);
    if (stronger) {
      current->password_hash = *stronger;
      transaction.put_account(*current);
    }
    begun.session.created_at = begun.session.last_seen_at = now;
    begun.session.expires_at = now + settings_.session_lifetime;
    transaction.delete_sessions_before(now);
    transaction.put_session(begun.session);
    return {};
  });
  if (!written) return tl::unexpected(refusal_of(written.error()));
  return begun;
}

tl::expected<std::int64_t, SignInRefusal> Identity::check_code(OneTimeCodes const& codes,
                                                               std::string const& code) const {
  if (code.empty()) return tl::unexpected(refusal_of(missing_code()));
  auto const step = accepted_step(Totp{codes.secret}, code, clock_.now(), codes.last_step);
  if (!step) return tl::unexpected(refusal_of(wrong_code()));
  return *step;
}

Result<void> Identity::prove_password(Username const& username, std::string const& password,
                                      std::string const& address) {
  auto const attempt = begin_attempt(username.value(), address);
  if (!attempt) return tl::unexpected(attempt.error().refusal);
  if (!prove(username.value(), password, *attempt))
    return refuse(Reason::Malformed, "/present_password",
                  {"现在的密码不正确", "this is not the present password"});
  return store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    take_back(transaction, *attempt);
    return {};
  });
}

Result<void> Identity::change_password(Username const& username, std::string const& present,
                                       std::string const& password, std::string const& address,
                                       Authority const& authority) {
  Result<void> const proved = prove_password(username, present, address);
  return proved ? set_password(username, password, authority) : proved;
}

std::optional<Session> Identity::of_session(std::string const& session_token) {
  return recognition_.session(session_token);
}

std::optional<Session> Identity::of_unattended_session(std::string const& session_token) {
  return recognition_.unattended_session(session_token);
}

std::optional<AccessToken> Identity::of_bearer(std::string const& access_token) {
  return recognition_.access_token(access_token);
}

Result<void> Identity::change(store::Work work) {
  Result<void> const changed = store_.write_and_wait(std::move(work));
  if (changed) recognition_.forget();
  return changed;
}

Result<void> Identity::sign_out(std::string const& session_token) {
  return change([hash = hash_of_secret(session_token)](store::Transaction& transaction) -> Result<void> {
    transaction.delete_session(hash);
    return {};
  });
}

std::vector<Session> Identity::sessions(Username const& username) const {
  std::vector<Session> sessions = store_.read()->sessions(username);
  Instant const now = clock_.now();
  std::erase_if(sessions, [&](Session const& session) {
    return now >= session.expires_at || now - session.last_seen_at >= settings_.session_idle_max;
  });
  return sessions;
}

Result<void> Identity::end_session(Username const& username, std::string const& token_hash) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Session> const session = transaction.session(token_hash);
    if (!session || session->username != username)
      return refuse(Reason::NotFound, "", {"没有这个会话", "there is no such session"});
    transaction.delete_session(token_hash);
    return {};
  });
}

Result<void> Identity::end_sessions(Username const& username) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    transaction.delete_sessions_of(username);
    return {};
  });
}

}  // namespace xiaohao::identity
