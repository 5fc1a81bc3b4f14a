// Items and notices as the API shows them.

#include "engine/json/reader.hpp"
#include "engine/statechart/interpreter.hpp"
#include "web/api/answers.hpp"
#include "web/notice_words.hpp"
#include "web/why_date.hpp"

namespace xiaohao::web::api {
namespace {

/// The state as XState prints it, so that a script can hold it against the lifecycle's file.
Json state_value(decision::Rules const& rules, ItemStatus const& status) {
  statechart::Definition const* const lifecycle = rules.lifecycle(status.lifecycle);
  auto const stored = json::read(status.configuration);
  if (!lifecycle || !stored) return status.stage;
  auto const configuration = statechart::from_json(*lifecycle, *stored);
  return configuration ? Json(statechart::value_of(*lifecycle, *configuration)) : Json(status.stage);
}

std::string joined(std::vector<std::string> const& names) {
  std::string text;
  for (std::string const& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

Json instant_or_null(std::optional<Instant> const& instant) {
  return instant ? Json(to_string(*instant)) : Json(nullptr);
}

Json why_json(Engine const& engine, WorkItem const& item, Language language) {
  WhyDates const why = why_dates(item, engine.rules(), due_change_of(*engine.store().read(), item));
  Json dates = Json::array(), calendars = Json::array();
  for (DateReason const& reason : why.dates)
    dates.push_back({{"name", reason.date_name},
                     {"date", to_string(reason.date)},
                     {"phrase", reason.phrase},
                     {"rule", in(language, reason.rule)},
                     {"instant", to_string(reason.instant)}});
  for (CalendarReason const& calendar : why.calendars)
    calendars.push_back({{"year", calendar.year},
                         {"known", calendar.known},
                         {"source", calendar.source},
                         {"words", in(language, calendar.words)}});
  return {{"dates", std::move(dates)}, {"calendars", std::move(calendars)}};
}

}  // namespace

Json date_or_null(std::optional<Date> const& date) { return date ? Json(to_string(*date)) : Json(nullptr); }

Json percent(BasisPoints progress) {
  return progress % 100 == 0 ? Json(progress / 100) : Json(progress / 100.0);
}

Json item_json(Application& application, WorkItem const& item, Language language) {
  decision::Rules const& rules = application.engine.rules();
  ItemDefinition const& definition = item.definition;
  ItemStatus const& status = item.status;
  auto const organisation = application.boards.organisation();
  auto const board = application.boards.current(definition.plan);
  decision::Standing const* const standing = board ? board->find(item.id()) : nullptr;
  Instant const now = application.engine.now();

  Json unit = nullptr;
  if (definition.unit) {
    Unit const* const known = organisation->unit(*definition.unit);
    unit = {{"id", definition.unit->value()}, {"name", known ? known->name : definition.unit->value()}};
  }
  Json children = Json::array();
  if (standing)
    for (ItemId const child : standing->children) children.push_back(child.value());
  Json doubts = Json::array();
  for (Text const& doubt : definition.doubts) doubts.push_back(in(language, doubt));
  Json reasons = Json::array();
  // The board is of the last commit; an item that has just been changed may be newer than it only while that
  // commit is being told.
  auto const light = standing && standing->item.status.version >= status.version
                         ? standing->light
                         : decision::light_of(item, now, rules.lights, rules.calendar);
  for (Text const& reason : light.reasons) reasons.push_back(in(language, reason));

  return {{"id", item.id().value()},
          {"plan", definition.plan.value()},
          {"number", definition.number},
          {"kind", std::string(to_string(definition.kind))},
          {"title", definition.title},
          {"content", definition.content},
          {"phrase", definition.schedule.phrase},
          {"start", date_or_null(definition.schedule.start)},
          {"due", date_or_null(status.due)},
          {"original_due", date_or_null(definition.schedule.due)},
          {"soft", definition.schedule.soft},
          {"campaign", definition.campaigns.empty() ? Json(nullptr) : Json(joined(definition.campaigns))},
          {"unit", std::move(unit)},
          {"role", definition.role ? Json(std::string(to_string(*definition.role))) : Json(nullptr)},
          {"parent", definition.parent ? Json(definition.parent->value()) : Json(nullptr)},
          {"children", std::move(children)},
          {"state", state_value(rules, status)},
          {"light", std::string(decision::to_string(light.light))},
          {"light_reasons", std::move(reasons)},
          {"progress",
           percent(standing && definition.kind == ItemKind::Task ? standing->progress : status.progress)},
          {"version", status.version},
          {"source_lines", definition.source_lines},
          {"doubts", std::move(doubts)},
          {"stage", status.stage},
          {"open", status.open()},
          {"lifecycle", status.lifecycle},
          {"cycle", status.cycle},
          {"days_overdue", decision::days_overdue(item, now)},
          {"requested_due", date_or_null(status.requested_due)},
          {"redo_by", date_or_null(status.redo_by)},
          {"applied_at", instant_or_null(status.applied_at)},
          {"closed_at", instant_or_null(status.closed_at)}};
}

Response item_response(Application& application, WorkItem const& item, Language language) {
  Json answer = item_json(application, item, language);
  answer["why"] = why_json(application.engine, item, language);
  Response response = json_response(200, answer);
  response.headers.emplace_back("ETag", "\"" + std::to_string(item.status.version) + "\"");
  return response;
}

Json cause_json(Notice const& notice) {
  Cause const cause = cause_of(notice);
  Json json{{"kind", cause.kind}};
  if (cause.kind == "step") {
    json["step"] = cause.step;
    json["due"] = cause.due;
  }
  if (cause.kind == "event") json["entry"] = std::stoll(cause.entry);
  return json;
}

Json notice_json(Notice const& notice, Language language) {
  Text const reason = reason_of(notice);
  std::string const code = reason_code_of(notice);
  return {{"id", notice.id.value()},
          {"key", notice.key},
          {"item", notice.item.value()},
          {"recipient", notice.recipient.value()},
          {"channel", notice.channel},
          {"step", notice.step},
          {"subject", in(language, notice.subject)},
          {"body", in(language, notice.body)},
          {"state", std::string(to_string(notice.state))},
          {"planned_for", to_string(notice.planned_for)},
          {"sent_at", instant_or_null(notice.sent_at)},
          {"acknowledged_at", instant_or_null(notice.acknowledged_at)},
          {"decided_at", to_string(notice.decided_at)},
          {"cause", cause_json(notice)},
          {"reason", code.empty() ? Json(nullptr) : Json(code)},
          {"reason_text", reason.en.empty() ? Json(nullptr) : Json(in(language, reason))},
          {"attempts", notice.attempts},
          {"next_attempt_at", instant_or_null(notice.next_attempt_at)},
          {"last_error", notice.last_error.empty() ? Json(nullptr) : Json(notice.last_error)},
          {"receipt", notice.receipt.empty() ? Json(nullptr) : Json(notice.receipt)},
          {"delivery", notice.delivery.empty() ? Json(nullptr) : Json(notice.delivery)}};
}

}  // namespace xiaohao::web::api
