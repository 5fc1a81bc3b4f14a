// Silences and absences.

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/silencing.hpp"

namespace xiaohao::web::api {
namespace {

constexpr int listed_max = 200;

Json instant_or_null(std::optional<Instant> const& instant) {
  return instant ? Json(to_string(*instant)) : Json(nullptr);
}

Json silence_json(Silence const& s) {
  return {{"id", s.id},
          {"item", s.item ? Json(s.item->value()) : Json(nullptr)},
          {"unit", s.unit ? Json(s.unit->value()) : Json(nullptr)},
          {"recipient", s.recipient ? Json(s.recipient->value()) : Json(nullptr)},
          {"step", s.step.empty() ? Json(nullptr) : Json(s.step)},
          {"reason", s.reason},
          {"from", to_string(s.from)},
          {"until", to_string(s.until)},
          {"set_by", s.set_by.value()},
          {"ended_at", instant_or_null(s.ended_at)},
          {"ended_by", s.ended_by ? Json(s.ended_by->value()) : Json(nullptr)}};
}

Json absence_json(Absence const& a) {
  return {{"id", a.id},
          {"away", a.away.value()},
          {"substitute", a.substitute.value()},
          {"first", to_string(a.first)},
          {"last", to_string(a.last)},
          {"reason", a.reason},
          {"set_by", a.set_by.value()},
          {"ended_at", instant_or_null(a.ended_at)}};
}

Result<Silence> read_silence(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Silence wish;
  if (fields.has("item")) wish.item = ItemId{fields.integer("item", 1, INT64_MAX)};
  if (fields.has("unit")) wish.unit = UnitId{fields.text("unit")};
  if (fields.has("recipient")) wish.recipient = Username{fields.text("recipient")};
  wish.step = fields.text_or("step", "");
  wish.reason = fields.text("reason");
  if (auto const until = parse_instant(fields.text("until")))
    wish.until = *until;
  else
    fields.fault("until", "must be an instant with offset, as 2024-03-15T18:00:00+08:00");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

Date read_date(json::Fields& fields, char const* name) {
  auto const date = parse_date(fields.text(name));
  if (!date) fields.fault(name, "must be a date, as 2024-03-15");
  return date.value_or(Date{});
}

Result<Absence> read_absence(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Absence wish;
  wish.away = Username{fields.text_or("away", request.visitor->username.value())};
  wish.substitute = Username{fields.text("substitute")};
  wish.first = read_date(fields, "first");
  wish.last = read_date(fields, "last");
  wish.reason = fields.text_or("reason", "");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

template <class Value>
Written<Value> answer_with(std::shared_ptr<Request const> request, Respond respond, int status,
                           Json (*show)(Value const&)) {
  return [request = std::move(request), respond = std::move(respond), status,
          show](Result<Value> const& written) {
    respond(written ? json_response(status, show(*written)) : problem(written.error(), *request));
  };
}

/// POST of a new one, and POST of its end.
template <class Value, class Read, class Set, class End>
void add_changes(Router& router, Application& application, std::string const& path,
                 Json (*show)(Value const&), Read read, Set set, End end) {
  router.add("POST", base_path + path, Access::SignedIn,
             [&application, show, read, set](std::shared_ptr<Request const> request, Respond respond) {
               if (auto finished = Query(*request).finish(); !finished)
                 return respond(problem(finished.error(), *request));
               Result<Value> wish = read(*request);
               if (!wish) return respond(problem(wish.error(), *request));
               Username const who = request->visitor->username;
               set(application, std::move(*wish), who, answer_with<Value>(request, respond, 201, show));
             });
  router.add("POST", base_path + path + "/{id}/end", Access::SignedIn,
             [&application, show, end](std::shared_ptr<Request const> request, Respond respond) {
               Result<std::int64_t> const id = path_number(*request, "id");
               if (!id) return respond(problem(id.error(), *request));
               Username const who = request->visitor->username;
               end(application, *id, who, answer_with<Value>(request, respond, 200, show));
             });
}

}  // namespace

void add_silence_routes(Router& router, Application& application) {
  add(router, "GET", "/silences", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Json items = Json::array();
    for (Silence const& silence : application.engine.store().read()->silences(listed_max))
      items.push_back(silence_json(silence));
    return list_response(std::move(items), std::nullopt);
  });
  add(router, "GET", "/absences", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Json items = Json::array();
    for (Absence const& absence : application.engine.store().read()->absences(listed_max))
      items.push_back(absence_json(absence));
    return list_response(std::move(items), std::nullopt);
  });
  add_changes<Silence>(router, application, "/silences", silence_json, read_silence, set_silence,
                       end_silence);
  add_changes<Absence>(router, application, "/absences", absence_json, read_absence, set_absence,
                       end_absence);
}

}  // namespace xiaohao::web::api
