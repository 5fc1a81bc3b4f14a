#include "engine/organisation_change.hpp"
#include "web/api/answers.hpp"
#include "web/api/organisation_json.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

/// A stretch of a map in the order of its keys; the cursor is a place in it.
template <class Map, class Show>
Result<Response> stretch(Request const& request, std::string_view list, Map const& all, Show show) {
  Query query(request);
  std::int64_t const from = query.cursor(list).value_or(0);
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  Json items = Json::array();
  std::int64_t place = 0;
  for (auto const& [id, value] : all) {
    if (place >= from && place < from + limit) items.push_back(show(value));
    ++place;
  }
  return list_response(std::move(items),
                       from + limit < place ? std::optional(cursor_of(list, from + limit)) : std::nullopt);
}

}  // namespace

void add_organisation_routes(Router& router, Application& application) {
  add(router, "GET", "/units", [&application](Request const& request) {
    return stretch(request, "units", application.boards.organisation()->units, unit_json);
  });
  add(router, "GET", "/groups", [&application](Request const& request) {
    return stretch(request, "groups", application.boards.organisation()->groups, group_json);
  });
  add(router, "GET", "/participants", [&application](Request const& request) {
    return stretch(request, "participants", application.boards.organisation()->participants,
                   [](Participant const& participant) {
                     Json roles = Json::array();
                     for (Role const role : participant.roles) roles.push_back(std::string(to_string(role)));
                     return Json{{"username", participant.username.value()},
                                 {"name", participant.name},
                                 {"unit", participant.unit ? Json(participant.unit->value()) : Json(nullptr)},
                                 {"roles", std::move(roles)},
                                 {"active", participant.active},
                                 {"version", version_of(participant)}};
                   });
  });
}

}  // namespace xiaohao::web::api
