// One's own calendar addresses, and those of units.

#include "web/calendars.hpp"

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

struct Wish {
  std::optional<UnitId> unit;
  std::string present_password;
};

Json unit_json(Application& application, std::optional<UnitId> const& id) {
  if (!id) return nullptr;
  Unit const* const unit = application.boards.organisation()->unit(*id);
  return {{"id", id->value()}, {"name", unit ? unit->name : id->value()}};
}

Result<Wish> read_wish(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Wish wish;
  if (fields.has("unit")) wish.unit = UnitId{fields.text("unit")};
  wish.present_password = fields.text("present_password");
  if (wish.present_password.size() > 1024) fields.fault("present_password", "at most 1024 bytes");
  return fields.finish().map([&] { return std::move(wish); });
}

/// On a thread that may hash a password and wait for the disk.
void on_worker(Application& application, std::shared_ptr<Request const> request, Respond respond,
               std::function<Response()> work) {
  if (application.sign_in_workers.run([respond, work = std::move(work)] { respond(work()); })) return;
  Refusal const busy{Reason::Unavailable,
                     {Fault{"", {"系统繁忙，请稍后再试", "busy; try again in a moment"}}}};
  Response refusal = problem(busy, *request);
  refusal.headers.emplace_back("Retry-After", "2");
  respond(std::move(refusal));
}

}  // namespace

void add_calendar_routes(Router& router, Application& application) {
  add(router, "GET", "/me/calendars", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Json items = Json::array();
    for (KeptCalendar const& kept : calendars_of(application, request.visitor->username))
      items.push_back({{"unit", unit_json(application, kept.unit)},
                       {"made_at", to_string(kept.since)},
                       {"answers", kept.answers}});
    return list_response(std::move(items), std::nullopt);
  });
  router.add("POST", std::string(base_path) + "/me/calendars", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               if (auto finished = Query(*request).finish(); !finished)
                 return respond(problem(finished.error(), *request));
               Result<Wish> wish = read_wish(*request);
               if (!wish) return respond(problem(wish.error(), *request));
               auto work = [&application, request, wish = std::move(*wish)] {
                 auto const made = make_calendar(application, *request, wish.unit, wish.present_password);
                 return made ? json_response(
                                   201, Json{{"unit", unit_json(application, wish.unit)}, {"address", *made}})
                             : problem(made.error(), *request);
               };
               on_worker(application, request, std::move(respond), std::move(work));
             });
  router.add("DELETE", std::string(base_path) + "/me/calendars", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Query query(*request);
               auto const unit = query.text("unit");
               if (auto finished = query.finish(); !finished)
                 return respond(problem(finished.error(), *request));
               auto work = [&application, request, unit] {
                 auto const done = take_back_calendar(application, *request,
                                                      unit ? std::optional(UnitId{*unit}) : std::nullopt);
                 if (!done) return problem(done.error(), *request);
                 Response response;
                 response.status = 204;
                 return response;
               };
               on_worker(application, request, std::move(respond), std::move(work));
             });
}

}  // namespace xiaohao::web::api
