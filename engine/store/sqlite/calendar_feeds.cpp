// Addresses of calendars: of a person's, and of a unit's.

#include "engine/store/sqlite/rows_read.hpp"
#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::store::sqlite {
namespace {

identity::CalendarFeed read_calendar_feed(Query const& row) {
  return {Username{row.text(0)}, row.text(1), row.instant(2)};
}
identity::UnitCalendarFeed read_unit_calendar_feed(Query const& row) {
  return {Username{row.text(0)}, UnitId{row.text(1)}, row.text(2), row.instant(3)};
}

}  // namespace

std::optional<identity::CalendarFeed> SqliteReader::calendar_feed(Username const& username) const {
  Query query = connection_.query("calendar_feed");
  query.bind(":username", username);
  return one_row(query, read_calendar_feed);
}

std::optional<identity::CalendarFeed> SqliteReader::calendar_feed_by(std::string const& token_hash) const {
  Query query = connection_.query("calendar_feed_by");
  query.bind(":token_hash", token_hash);
  return one_row(query, read_calendar_feed);
}

std::vector<identity::UnitCalendarFeed> SqliteReader::unit_calendar_feeds(Username const& username) const {
  Query query = connection_.query("unit_calendar_feeds");
  query.bind(":username", username);
  return all_rows(query, read_unit_calendar_feed);
}

std::optional<identity::UnitCalendarFeed> SqliteReader::unit_calendar_feed_by(
    std::string const& token_hash) const {
  Query query = connection_.query("unit_calendar_feed_by");
  query.bind(":token_hash", token_hash);
  return one_row(query, read_unit_calendar_feed);
}

void SqliteTransaction::put_calendar_feed(identity::CalendarFeed const& feed) {
  connection_.query("put_calendar_feed")
      .bind(":username", feed.username)
      .bind(":token_hash", feed.token_hash)
      .bind(":created_at", feed.created_at)
      .run();
}

void SqliteTransaction::delete_calendar_feed(Username const& username) {
  connection_.query("delete_calendar_feed").bind(":username", username).run();
}

void SqliteTransaction::put_unit_calendar_feed(identity::UnitCalendarFeed const& feed) {
  connection_.query("put_unit_calendar_feed")
      .bind(":username", feed.username)
      .bind(":unit", feed.unit)
      .bind(":token_hash", feed.token_hash)
      .bind(":created_at", feed.created_at)
      .run();
}

void SqliteTransaction::delete_unit_calendar_feed(Username const& username, UnitId const& unit) {
  connection_.query("delete_unit_calendar_feed").bind(":username", username).bind(":unit", unit).run();
}

}  // namespace xiaohao::store::sqlite
