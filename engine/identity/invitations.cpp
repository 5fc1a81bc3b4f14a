// The part of `Identity` that hands out links by which a person sets his first password, each change with its
// journal entry. Of a link the database keeps the hash of its secret and until when it is good.

#include <algorithm>

#include "engine/identity/identity.hpp"
#include "engine/identity/people.hpp"
#include "engine/identity/secret.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::identity {
namespace {

constexpr std::chrono::hours first_link_lifetime{1};
constexpr std::chrono::hours link_lifetime{72};
constexpr std::size_t secret_bytes_max = 128;

/// Under which name `secret` keeps the hash of a link; a user name has no colon.
std::string kept_name(std::optional<Username> const& username) {
  return "invitation:" + (username ? username->value() : std::string());
}

/// A link's secret says whose it is, so that it is found by its name: `wang.5CY…`, `.5CY…` for the first.
std::optional<Username> whose(std::string const& secret) {
  std::string const name = secret.substr(0, secret.rfind('.'));
  return name.empty() ? std::nullopt : std::optional(Username{name});
}

std::optional<Invitation> good(store::Reader const& reader, std::string const& secret, Instant now) {
  if (secret.size() > secret_bytes_max || secret.find('.') == std::string::npos) return std::nullopt;
  std::optional<Username> const username = whose(secret);
  auto const kept = reader.secret(kept_name(username));
  if (!kept || kept->empty()) return std::nullopt;
  Result<nlohmann::json> const link = json::read(*kept);
  if (!link || link->at("hash").get<std::string>() != hash_of_secret(secret)) return std::nullopt;
  auto const expires_at = parse_instant(link->at("expires_at").get<std::string>());
  if (!expires_at || now >= *expires_at) return std::nullopt;
  if (username ? reader.account(*username).has_value() : !reader.accounts().empty()) return std::nullopt;
  return Invitation{username, *expires_at};
}

/// Keeps a new link in place of the one before. Its secret.
std::string keep(store::Transaction& transaction, std::optional<Username> const& username,
                 Instant expires_at) {
  std::string const secret = (username ? username->value() : std::string()) + "." + new_secret();
  nlohmann::json const link{{"hash", hash_of_secret(secret)}, {"expires_at", to_string(expires_at)}};
  transaction.put_secret(kept_name(username), link.dump());
  return secret;
}

tl::unexpected<Refusal> no_link() {
  return refuse(Reason::NotFound, "",
                {"链接无效、已用过或已过期，请向安全管理员索取新的链接",
                 "this link is wrong, was used or has run out; ask the security administrator for another"});
}

nlohmann::json about(Participant const& person) {
  nlohmann::json roles = nlohmann::json::array();
  for (Role const role : person.roles) roles.push_back(to_string(role));
  return {{"username", person.username.value()}, {"name", person.name}, {"roles", std::move(roles)}};
}

}  // namespace

bool Identity::has_accounts() const { return !store_.read()->accounts().empty(); }

Result<std::string> Identity::offer_first_set_up() {
  std::string secret;
  Result<void> const kept = change([&](store::Transaction& transaction) -> Result<void> {
    if (!transaction.accounts().empty())
      return refuse(Reason::NotPossible, "", {"已有账号", "there are accounts already"});
    secret = keep(transaction, std::nullopt, clock_.now() + first_link_lifetime);
    return {};
  });
  if (!kept) return tl::unexpected(kept.error());
  return secret;
}

Result<std::string> Identity::invite(Username const& username, Authority const& authority) {
  std::string secret;
  Result<void> const kept = change([&](store::Transaction& transaction) -> Result<void> {
    Organisation const organisation = transaction.organisation();
    Participant const* const person = organisation.participant(username);
    if (!person || !person->active)
      return refuse(Reason::NotFound, "", {"没有这个在岗人员", "there is no such active person"});
    if (transaction.account(username))
      return refuse(Reason::NotPossible, "",
                    {"此人已有账号；忘记密码请用 xiaohao user password",
                     "this person has an account; `xiaohao user password` sets a new password"});
    Instant const expires_at = clock_.now() + link_lifetime;
    secret = keep(transaction, username, expires_at);
    record(transaction, authority, "account.invited",
           {{"username", username.value()}, {"expires_at", to_string(expires_at)}});
    return {};
  });
  if (!kept) return tl::unexpected(kept.error());
  return secret;
}

std::optional<Invitation> Identity::invitation(std::string const& secret) const {
  return good(*store_.read(), secret, clock_.now());
}

Result<Username> Identity::accept_invitation(std::string const& secret, Participant person,
                                             std::string const& password, Instant at) {
  std::optional<Invitation> const link = invitation(secret);
  if (!link) return no_link();
  auto const organisation = people_();
  if (link->username) {
    Participant const* const known = organisation->participant(*link->username);
    if (!known || !known->active) return no_link();
    person = *known;
  } else {
    person.roles = {Role::SecurityAdministrator};
    person.unit.reset();
    person.active = true;
    Result<void> fine = check_participant(person, *organisation);
    if (fine && organisation->participant(person.username))
      fine = refuse(Reason::Malformed, "/username",
                    {"名册中已有此用户名，请换一个", "somebody has this user name; choose another"});
    if (!fine) return tl::unexpected(fine.error());
  }
  if (auto const fine = check_password(password, settings_.passwords, false, words_about(person)); !fine)
    return tl::unexpected(fine.error());
  std::string const hash = hasher_.hash(password);
  Authority const authority{Actor::person(person.username), at};
  Result<void> const made = change([&](store::Transaction& transaction) -> Result<void> {
    if (!good(transaction, secret, clock_.now())) return no_link();  // two at once: the second is refused
    if (!link->username) {
      if (transaction.organisation().participant(person.username)) return no_link();
      transaction.put_participant(person);
      record(transaction, authority, "participant.created", about(person));
    }
    transaction.put_account({person.username, hash, false, clock_.now()});
    transaction.put_secret(kept_name(link->username), "");
    record(transaction, authority, "account.created",
           {{"username", person.username.value()}, {"by", "link"}});
    return {};
  });
  if (!made) return tl::unexpected(made.error());
  return person.username;
}

}  // namespace xiaohao::identity
