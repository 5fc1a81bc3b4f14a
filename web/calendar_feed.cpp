#include "web/calendar_feed.hpp"

#include <string_view>

#include "engine/journal/base64.hpp"
#include "engine/journal/merkle.hpp"
#include "web/calendars.hpp"
#include "web/icalendar.hpp"
#include "web/problem.hpp"
#include "web/work.hpp"

namespace xiaohao::web {
namespace {

constexpr std::string_view ending = ".ics";
constexpr std::size_t origin_digits = 16;

/// What tells this county's items from another's in the same program: of the first entry of its journal,
/// which never changes.
std::string origin_of(store::Reader const& reader) {
  auto const first = reader.journal(0, 1);
  std::string const hash = first.empty() ? std::string(32, '\0') : journal::leaf_hash(first.front().leaf);
  return journal::to_hexadecimal(hash).substr(0, origin_digits) + ".xiaohao";
}

class Feed {
 public:
  Feed(Application& application, Text const& name, std::string origin, std::string address, Language language)
      : now_(application.engine.now()),
        organisation_(application.boards.organisation()),
        origin_(std::move(origin)),
        address_(std::move(address)),
        language_(language),
        calendar_(in(language, name)) {}

  void add(decision::Standing const& standing) {
    component("VEVENT", "due", standing);
    component("VTODO", "todo", standing);
  }

  std::string take() { return calendar_.take(); }

 private:
  Instant now_;
  std::shared_ptr<Organisation const> organisation_;
  std::string origin_;
  std::string address_;
  Language language_;
  CalendarText calendar_;

  void component(char const* kind, char const* uid, decision::Standing const& standing) {
    ItemStatus const& status = standing.item.status;
    std::string const id = std::to_string(standing.item.id().value());
    calendar_.begin(kind);
    calendar_.plain("UID", std::string(uid) + "-" + id + "@" + origin_);
    calendar_.moment("DTSTAMP", now_);
    calendar_.number("SEQUENCE", status.version);
    calendar_.text("SUMMARY", summary(standing));
    calendar_.text("DESCRIPTION", description(standing));
    if (!address_.empty()) calendar_.plain("URL", address_ + "/items/" + id);
    if (std::string_view(kind) == "VEVENT")
      event(status);
    else
      to_do(standing);
    calendar_.end(kind);
  }

  void event(ItemStatus const& status) {
    calendar_.date("DTSTART", *status.due);
    calendar_.date("DTEND", add_days(*status.due, 1));
    calendar_.plain("TRANSP", "TRANSPARENT");  // a due date takes nobody's time
    calendar_.plain("STATUS", status.cancelled ? "CANCELLED" : "CONFIRMED");
  }

  void to_do(decision::Standing const& standing) {
    ItemStatus const& status = standing.item.status;
    calendar_.date("DUE", *status.due);
    calendar_.number("PERCENT-COMPLETE", status.closed ? 100 : standing.progress / 100);
    if (status.closed && status.closed_at) calendar_.moment("COMPLETED", *status.closed_at);
    bool const begun = status.accepted_at || standing.progress > 0;
    calendar_.plain("STATUS", status.cancelled ? "CANCELLED"
                              : status.closed  ? "COMPLETED"
                              : begun          ? "IN-PROCESS"
                                               : "NEEDS-ACTION");
  }

  std::string summary(decision::Standing const& standing) const {
    ItemDefinition const& definition = standing.item.definition;
    std::string const number = std::to_string(definition.number);
    std::string text = in(language_, {"第" + number + "项 ", "Item " + number + " "}) + definition.title;
    if (definition.unit)
      if (Unit const* const unit = organisation_->unit(*definition.unit)) text += " · " + unit->name;
    if (standing.item.status.closed) text += in(language_, {"（已销号）", " (closed)"});
    if (standing.item.status.cancelled) text += in(language_, {"（已终止）", " (cancelled)"});
    return text;
  }

  std::string description(decision::Standing const& standing) const {
    ItemDefinition const& definition = standing.item.definition;
    std::string text = definition.content;
    auto const say = [&](Text const& line) { text += (text.empty() ? "" : "\n") + in(language_, line); };
    if (!definition.schedule.phrase.empty())
      say({"时限：" + definition.schedule.phrase, "Deadline: " + definition.schedule.phrase});
    if (definition.role == UnitRole::Lead) say({"职责：牵头", "Role: lead"});
    if (definition.role == UnitRole::Support) say({"职责：配合", "Role: support"});
    if (standing.item.status.due != definition.schedule.due && definition.schedule.due)
      say({"原时限：" + to_string(*definition.schedule.due),
           "Originally due: " + to_string(*definition.schedule.due)});
    if (!standing.item.status.open()) return text;
    std::string const percent = std::to_string(standing.progress / 100) + "%";
    say({"进度：" + percent, "Progress: " + percent});
    if (std::string const late = std::to_string(standing.days_overdue); standing.days_overdue > 0)
      say({"已逾期 " + late + " 天", late + " days late"});
    return text;
  }
};

bool belongs(WorkItem const& item, std::optional<UnitId> const& unit) {
  if (unit) return item.definition.unit == unit;
  return item.definition.kind == ItemKind::Task;
}

void add_items(Feed& feed, Application& application, Username const& reader,
               std::optional<UnitId> const& unit) {
  for (PlanYear const year : application.boards.years())
    if (auto const board = application.boards.current(year))
      for (decision::Standing const& standing : board->standings)
        if (standing.item.status.due && belongs(standing.item, unit) &&
            may_read(application, reader, "item", standing.item))
          feed.add(standing);
}

Response not_found(Request const& request) {
  return problem({Reason::NotFound,
                  {{"", {"没有这个日历，或已被撤销", "there is no such calendar, or it was taken back"}}}},
                 "/calendar", request.language);  // the path is a secret
}

}  // namespace

std::string server_address(Application const& application, Request const& request) {
  std::string_view const host = request.header("host");
  bool const plain =
      !host.empty() &&
      host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
          std::string_view::npos;
  return plain ? (application.settings.secure_cookies ? "https://" : "http://") + std::string(host) : "";
}

std::string calendar_of(Application& application, Username const& username, std::optional<UnitId> const& unit,
                        std::string const& address, Language language) {
  Participant const* const person = application.boards.organisation()->participant(username);
  std::optional<UnitId> const wanted = unit || !person ? unit : person->unit;
  Feed feed(application, {"销号台：完成时限", "Xiaohao: due dates"},
            origin_of(*application.engine.store().read()), address, language);
  add_items(feed, application, username, wanted);
  return feed.take();
}

std::string unit_calendar_of(Application& application, identity::UnitCalendarFeed const& made,
                             std::string const& address, Language language) {
  Unit const* const unit = application.boards.organisation()->unit(made.unit);
  std::string const name = unit ? unit->name : made.unit.value();
  Feed feed(application, {name + "：完成时限", name + ": due dates"},
            origin_of(*application.engine.store().read()), address, language);
  add_items(feed, application, made.username, made.unit);
  return feed.take();
}

void add_calendar_route(Router& router, Application& application) {
  if (!application.identity) return;
  router.add("GET", "/calendar/{secret}", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               std::string secret = request->path_parameters.at("secret");
               if (!secret.ends_with(ending)) return respond(not_found(*request));
               secret.resize(secret.size() - ending.size());
               auto const unit = request->query.find("unit");
               std::string const address = server_address(application, *request);
               auto const answer = [&](std::string calendar) {
                 respond(text_response(200, "text/calendar; charset=utf-8", std::move(calendar)));
               };
               if (auto const username = application.identity->of_calendar_feed(secret))
                 return answer(calendar_of(
                     application, *username,
                     unit == request->query.end() ? std::nullopt : std::optional(UnitId{unit->second}),
                     address, request->language));
               auto const feed = application.identity->of_unit_calendar_feed(secret);
               bool const of_this_one =
                   feed && (unit == request->query.end() || unit->second == feed->unit.value());
               if (!of_this_one || !answers(application, *feed)) return respond(not_found(*request));
               answer(unit_calendar_of(application, *feed, address, request->language));
             });
}

}  // namespace xiaohao::web
