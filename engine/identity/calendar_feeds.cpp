// The part of `Identity` that gives out and takes back addresses of calendar feeds, each change with its
// journal entry.

#include "engine/identity/identity.hpp"
#include "engine/identity/secret.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::identity {

std::optional<CalendarFeed> Identity::calendar_feed(Username const& username) const {
  return store_.read()->calendar_feed(username);
}

Result<std::string> Identity::make_calendar_feed(Username const& username, Authority const& authority) {
  std::string const secret = new_secret();
  Result<void> const made = change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<Account> const account = transaction.account(username);
    if (!account || account->disabled)
      return refuse(Reason::NotFound, "/username", {"没有这个账号", "there is no such account"});
    transaction.put_calendar_feed({username, hash_of_secret(secret), clock_.now()});
    record(transaction, authority, "account.calendar_made", {{"username", username.value()}});
    return {};
  });
  if (!made) return tl::unexpected(made.error());
  return secret;
}

Result<void> Identity::remove_calendar_feed(Username const& username, Authority const& authority) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    if (!transaction.calendar_feed(username))
      return refuse(Reason::NotFound, "/username",
                    {"没有日历订阅", username.value() + " has no calendar feed"});
    transaction.delete_calendar_feed(username);
    record(transaction, authority, "account.calendar_removed", {{"username", username.value()}});
    return {};
  });
}

std::optional<Username> Identity::of_calendar_feed(std::string const& secret) const {
  auto const reader = store_.read();
  auto const feed = reader->calendar_feed_by(hash_of_secret(secret));
  if (!feed) return std::nullopt;
  auto const account = reader->account(feed->username);
  return account && !account->disabled ? std::optional(feed->username) : std::nullopt;
}

std::optional<UnitCalendarFeed> Identity::of_unit_calendar_feed(std::string const& secret) const {
  auto const reader = store_.read();
  auto feed = reader->unit_calendar_feed_by(hash_of_secret(secret));
  if (!feed) return std::nullopt;
  auto const account = reader->account(feed->username);
  return account && !account->disabled ? std::move(feed) : std::nullopt;
}

}  // namespace xiaohao::identity
