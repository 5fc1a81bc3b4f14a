// Who I am, and what waits for me.

#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {
namespace {

Json roles_of(Participant const& participant) {
  Json roles = Json::array();
  for (Role const role : participant.roles) roles.push_back(std::string(to_string(role)));
  return roles;
}

/// A stretch of what waits, each item with the events that are expected. Its order may shift between two
/// pages; so its cursor is a place.
Result<Response> waiting_response(Application& application, Request const& request,
                                  WaitingItems const& waiting, std::string_view list) {
  Query query(request);
  auto const from = static_cast<std::size_t>(std::max<std::int64_t>(0, query.cursor(list).value_or(0)));
  auto const limit = static_cast<std::size_t>(query.limit());
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  Json items = Json::array();
  for (std::size_t place = from; place < waiting.items.size() && items.size() < limit; ++place) {
    WaitingItem const& found = waiting.items[place];
    Json item = item_json(application, found.standing->item, request.language);
    item["actions"] = Json::array();
    for (PossibleAction const& action : found.actions) item["actions"].push_back(action.type);
    items.push_back(std::move(item));
  }
  std::size_t const end = from + items.size();
  return list_response(std::move(items), end < waiting.items.size()
                                             ? std::optional(cursor_of(list, static_cast<std::int64_t>(end)))
                                             : std::nullopt);
}

}  // namespace

void add_me_routes(Router& router, Application& application) {
  add(router, "GET", "/me", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    auto const organisation = application.boards.organisation();
    Participant const* const me = organisation->participant(request.visitor->username);
    if (!me)
      return refuse(Reason::Forbidden, "",
                    {"此账号没有对应人员", "nobody in the organisation has this account"});
    Unit const* const unit = me->unit ? organisation->unit(*me->unit) : nullptr;
    return json_response(
        200, Json{{"username", me->username.value()},
                  {"name", me->name},
                  {"unit", unit ? Json{{"id", unit->id.value()}, {"name", unit->name}} : Json(nullptr)},
                  {"roles", roles_of(*me)},
                  {"language", request.language == Language::English ? "en" : "zh"},
                  {"unacknowledged", application.boards.unread(me->username)}});
  });
  add(router, "GET", "/me/work", [&application](Request const& request) {
    return waiting_response(application, request, work_of(application, request.visitor->username), "work");
  });
  add(router, "GET", "/reviews", [&application](Request const& request) {
    return waiting_response(application, request, reviews_of(application, request.visitor->username),
                            "reviews");
  });

  router.add("GET", std::string(base_path) + "/stream", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Response response;
               response.events = application.live.open(request->visitor->username, [&application, request] {
                 return still_signed_in(*request, application.sign_in);
               });
               if (response.events) return respond(std::move(response));
               Refusal const many{Reason::TooOften,
                                  {Fault{"", {"打开的实时更新太多", "too many streams are open"}}}};
               respond(problem(many, *request));
             });
}

}  // namespace xiaohao::web::api
