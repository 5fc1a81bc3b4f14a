#include "engine/identity/access_end.hpp"

#include <utility>

namespace xiaohao::identity {

void end_access(store::Transaction& transaction, Username const& username) {
  transaction.delete_sessions_of(username);
  for (AccessToken token : transaction.access_tokens(username)) {
    if (std::exchange(token.revoked, true)) continue;
    transaction.put_access_token(token);
  }
  transaction.delete_calendar_feed(username);
  for (UnitCalendarFeed const& feed : transaction.unit_calendar_feeds(username))
    transaction.delete_unit_calendar_feed(username, feed.unit);
}

}  // namespace xiaohao::identity
