// The part of `Identity` that changes accounts and access tokens, each change with its journal entry.

#include <algorithm>

#include "engine/identity/access_end.hpp"
#include "engine/identity/identity.hpp"
#include "engine/identity/people.hpp"
#include "engine/identity/secret.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::identity {
namespace {

constexpr std::size_t token_name_bytes_max = 100;

std::string const all_scopes = "read, items, plan, admin";

nlohmann::json about(Username const& username) { return {{"username", username.value()}}; }

nlohmann::json about(Participant const& participant) {
  nlohmann::json roles = nlohmann::json::array();
  for (Role const role : participant.roles) roles.push_back(to_string(role));
  return {{"username", participant.username.value()},
          {"name", participant.name},
          {"roles", std::move(roles)},
          {"unit", participant.unit ? nlohmann::json(participant.unit->value()) : nlohmann::json(nullptr)}};
}

/// Whether `username`, whose account is disabled now, was the only one who could change who is who.
bool is_last_security_administrator(store::Transaction const& transaction, Username const& username) {
  Organisation const organisation = transaction.organisation();
  Participant const* const person = organisation.participant(username);
  if (!person || !person->active || !person->has(Role::SecurityAdministrator)) return false;
  auto const others = organisation.with_role(Role::SecurityAdministrator);
  return std::none_of(others.begin(), others.end(), [&](Participant const* other) {
    auto const account = transaction.account(other->username);
    return account && !account->disabled;
  });
}

tl::unexpected<Refusal> no_account(Username const& username) {
  return refuse(Reason::NotFound, "/username",
                {"没有账号 " + username.value(), "there is no account " + username.value()});
}

}  // namespace

std::vector<std::string> Identity::words_about(Participant const& participant) const {
  std::vector<std::string> words{participant.username.value(), participant.name};
  if (participant.unit) {
    words.push_back(participant.unit->value());
    auto const organisation = people_();
    if (Unit const* unit = organisation->unit(*participant.unit)) words.push_back(unit->name);
  }
  return words;
}

Result<void> Identity::add_account(Participant const& participant, std::string const& password,
                                   Authority const& authority) {
  auto const organisation = people_();
  Result<void> checked = check_participant(participant, *organisation);
  if (Result<void> good = check_password(password, settings_.passwords, false, words_about(participant));
      !good) {
    if (checked)
      checked = good;
    else
      checked.error().faults.insert(checked.error().faults.end(), good.error().faults.begin(),
                                    good.error().faults.end());
  }
  if (!checked) return checked;
  std::string const hash = hasher_.hash(password);
  return change([&](store::Transaction& transaction) -> Result<void> {
    if (transaction.account(participant.username))
      return refuse(
          Reason::NotPossible, "/username",
          {"账号 " + participant.username.value() + " 已存在",
           "there is an account " + participant.username.value() + " already; choose another name"});
    Organisation const stored = transaction.organisation();
    Participant const* before = stored.participant(participant.username);
    if (!before || *before != participant) {
      transaction.put_participant(participant);
      record(transaction, authority, before ? "participant.changed" : "participant.created",
             about(participant));
    }
    transaction.put_account({participant.username, hash, false, clock_.now()});
    record(transaction, authority, "account.created", about(participant.username));
    return {};
  });
}

Result<void> Identity::set_password(Username const& username, std::string const& password,
                                    Authority const& authority) {
  auto const organisation = people_();
  std::optional<Account> const account = store_.read()->account(username);
  Participant const* participant = organisation->participant(username);
  if (!account || !participant) return no_account(username);
  bool const has_codes = has_one_time_codes(username);
  if (Result<void> good = check_password(password, settings_.passwords, has_codes, words_about(*participant));
      !good)
    return good;
  if (hasher_.matches(account->password_hash, password))
    return refuse(Reason::Malformed, "/password",
                  {"新密码不能与现在的密码相同", "this is the present password; choose another"});
  std::string const hash = hasher_.hash(password);
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> current = transaction.account(username);
    if (!current) return no_account(username);
    current->password_hash = hash;
    current->changed_at = clock_.now();
    transaction.put_account(*current);
    transaction.delete_sessions_of(username);
    record(transaction, authority, "account.password_changed", about(username));
    return {};
  });
}

Result<void> Identity::disable(Username const& username, Authority const& authority) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> account = transaction.account(username);
    if (!account) return no_account(username);
    if (account->disabled)
      return refuse(Reason::NotPossible, "/username",
                    {username.value() + " 已停用", username.value() + " is disabled already"});
    account->disabled = true;
    transaction.put_account(*account);
    if (is_last_security_administrator(transaction, username))
      return refuse(Reason::NotPossible, "/username",
                    {"这是最后一名安全管理员，请先指定另一名",
                     "this is the last security administrator; make another one first"});
    end_access(transaction, username);
    record(transaction, authority, "account.disabled", about(username));
    return {};
  });
}

Result<void> Identity::enable(Username const& username, Authority const& authority) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> account = transaction.account(username);
    if (!account) return no_account(username);
    if (!account->disabled)
      return refuse(Reason::NotPossible, "/username",
                    {username.value() + " 没有停用", username.value() + " is not disabled"});
    account->disabled = false;
    transaction.put_account(*account);
    record(transaction, authority, "account.enabled", about(username));
    return {};
  });
}

Result<NewAccessToken> Identity::create_token(Username const& username, std::string const& name,
                                              std::vector<Scope> const& scopes, std::chrono::hours lifetime,
                                              Authority const& authority) {
  if (name.empty() || name.size() > token_name_bytes_max)
    return refuse(Reason::Malformed, "/name",
                  {"名称须为 1 至 100 字节", "a token's name has 1 to 100 bytes"});
  if (lifetime <= lifetime.zero() || lifetime > settings_.access_token_lifetime_max) {
    std::string const days = std::to_string(settings_.access_token_lifetime_max.count() / 24);
    return refuse(Reason::Malformed, "/lifetime",
                  {"有效期须为 1 至 " + days + " 天", "a token is valid for 1 to " + days + " days"});
  }
  if (scopes.empty())
    return refuse(Reason::Malformed, "/scopes",
                  {"至少要选一个用途范围：" + all_scopes, "a token has one scope at least: " + all_scopes});
  NewAccessToken made{"xiaohao_" + new_secret(),
                      {"", username, name, clock_.now(), std::nullopt, false, scopes}};
  made.access_token.token_hash = hash_of_secret(made.token);
  made.access_token.expires_at = made.access_token.created_at + lifetime;
  Result<void> const changed = change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> const account = transaction.account(username);
    if (!account || account->disabled) return no_account(username);
    for (AccessToken const& token : transaction.access_tokens(username))
      if (token.name == name && !token.revoked)
        return refuse(Reason::NotPossible, "/name",
                      {"已有同名令牌；请换一个名称，或先撤销它",
                       "there is a token of this name; choose another name, or revoke it first"});
    transaction.put_access_token(made.access_token);
    nlohmann::json payload = about(username);
    payload["name"] = name;
    payload["scopes"] = text_of(scopes);
    payload["expires_at"] = to_string(*made.access_token.expires_at);
    record(transaction, authority, "token.created", std::move(payload));
    return {};
  });
  if (!changed) return tl::unexpected(changed.error());
  return made;
}

Result<void> Identity::revoke_token(Username const& username, std::string const& name,
                                    Authority const& authority) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::vector<AccessToken> tokens = transaction.access_tokens(username);
    auto const token = std::find_if(tokens.begin(), tokens.end(), [&](AccessToken const& each) {
      return each.name == name && !each.revoked;
    });
    if (token == tokens.end())
      return refuse(Reason::NotFound, "/name",
                    {username.value() + " 没有名为 " + name + " 的令牌",
                     username.value() + " has no token named " + name});
    token->revoked = true;
    transaction.put_access_token(*token);
    nlohmann::json payload = about(username);
    payload["name"] = name;
    record(transaction, authority, "token.revoked", std::move(payload));
    return {};
  });
}

}  // namespace xiaohao::identity
