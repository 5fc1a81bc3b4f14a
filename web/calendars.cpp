#include "web/calendars.hpp"

#include "engine/identity/secret.hpp"
#include "engine/unit_calendar.hpp"
#include "web/calendar_feed.hpp"

namespace xiaohao::web {
namespace {

Result<void> write_unit_calendar(
    Application& application, Username const& who,
    std::function<Result<void>(store::Transaction&, Asking const&)> const& change) {
  auto const organisation = application.engine.organisation();
  Instant const now = application.engine.now();
  return application.engine.store().write_and_wait([&](store::Transaction& transaction) {
    return change(transaction, Asking{who, now, application.engine.rules(), *organisation});
  });
}

}  // namespace

std::vector<KeptCalendar> calendars_of(Application& application, Username const& username) {
  auto const reader = application.engine.store().read();
  std::vector<KeptCalendar> kept;
  if (auto const own = reader->calendar_feed(username)) kept.push_back({std::nullopt, own->created_at, true});
  for (identity::UnitCalendarFeed const& feed : reader->unit_calendar_feeds(username))
    kept.push_back({feed.unit, feed.created_at, answers(application, feed)});
  return kept;
}

Result<std::string> make_calendar(Application& application, Request const& request,
                                  std::optional<UnitId> const& unit, std::string const& present_password) {
  Username const& who = request.visitor->username;
  if (auto const proved = application.identity->prove_password(who, present_password, request.address);
      !proved)
    return tl::unexpected(proved.error());
  std::string secret;
  if (unit) {
    secret = identity::new_secret();
    Result<void> const made =
        write_unit_calendar(application, who, [&](store::Transaction& transaction, Asking const& asking) {
          return make_unit_calendar(transaction, *unit, identity::hash_of_secret(secret), asking);
        });
    if (!made) return tl::unexpected(made.error());
  } else {
    Result<std::string> made =
        application.identity->make_calendar_feed(who, {Actor::person(who), application.engine.now()});
    if (!made) return made;
    secret = std::move(*made);
  }
  return server_address(application, request) + "/calendar/" + secret + ".ics";
}

Result<void> take_back_calendar(Application& application, Request const& request,
                                std::optional<UnitId> const& unit) {
  Username const& who = request.visitor->username;
  if (!unit)
    return application.identity->remove_calendar_feed(who, {Actor::person(who), application.engine.now()});
  return write_unit_calendar(application, who, [&](store::Transaction& transaction, Asking const& asking) {
    return remove_unit_calendar(transaction, *unit, asking);
  });
}

bool answers(Application& application, identity::UnitCalendarFeed const& feed) {
  return may_have_unit_calendar(feed.unit, {feed.username, application.engine.now(),
                                            application.engine.rules(), *application.boards.organisation()})
      .has_value();
}

}  // namespace xiaohao::web
