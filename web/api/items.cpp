#include "engine/json/reader.hpp"
#include "engine/unfinished.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/found_items.hpp"

namespace xiaohao::web::api {
namespace {

Response items_response(Application& application, Request const& request, FoundItems const& found) {
  Json items = Json::array();
  for (WorkItem const& item : found.items) items.push_back(item_json(application, item, request.language));
  return list_response(std::move(items), found.next);
}

Result<Response> list_items(Application& application, Request const& request) {
  Query query(request);
  ItemQuery asked = read_item_query(query, application.engine.rules());
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  return items_response(application, request,
                        find_items(application, request.visitor->username, std::move(asked), limit));
}

Result<Response> list_extensions(Application& application, Request const& request) {
  Query query(request);
  ItemQuery asked;
  if (auto const year = query.integer("plan", 1, 9999)) asked.filter.plan = PlanYear{static_cast<int>(*year)};
  if (auto const unit = query.text("unit")) asked.filter.unit = UnitId{*unit};
  if (auto const after = query.cursor("items")) asked.filter.after = ItemId{*after};
  asked.filter.open = true;
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  return items_response(
      application, request,
      find_items(application, request.visitor->username, std::move(asked), limit,
                 [](WorkItem const& item) { return item.status.requested_due.has_value(); }));
}

Json in_words(std::vector<Text> const& texts, Language language) {
  Json words = Json::array();
  for (Text const& text : texts) words.push_back(in(language, text));
  return words;
}

Json action_json(PossibleAction const& action, Language language) {
  return {{"type", action.type},
          {"label", in(language, action.label)},
          {"needs", action.needs},
          {"blocked_by", in_words(action.blocked_by, language)}};
}

Result<Response> list_history(Application& application, Request const& request) {
  Result<WorkItem> const item = path_item(application, request, "history");
  if (!item) return tl::unexpected(item.error());
  Query query(request);
  std::int64_t const after = query.cursor("history").value_or(-1);
  auto const limit = static_cast<std::size_t>(query.limit());
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  Json items = Json::array();
  std::optional<std::string> next;
  std::int64_t last = after;
  for (store::JournalLine const& line : application.engine.store().read()->history(item->id())) {
    if (line.index <= after) continue;
    if (items.size() == limit) {
      next = cursor_of("history", last);
      break;
    }
    if (Result<nlohmann::json> entry = told(line)) items.push_back(Json(std::move(*entry)));
    last = line.index;
  }
  return list_response(std::move(items), next);
}

}  // namespace

void add_item_routes(Router& router, Application& application) {
  add(router, "GET", "/items",
      [&application](Request const& request) { return list_items(application, request); });
  add(router, "GET", "/extensions",
      [&application](Request const& request) { return list_extensions(application, request); });
  add(router, "GET", "/items/{id}", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    return path_item(application, request).map([&](WorkItem const& item) {
      return item_response(application, item, request.language);
    });
  });
  add(router, "GET", "/items/{id}/actions", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Result<WorkItem> const item = path_item(application, request);
    if (!item) return tl::unexpected(item.error());
    Json actions = Json::array();
    auto const reader = application.engine.store().read();
    for (PossibleAction const& action :
         application.engine.actions(*reader, *item, request.visitor->username)) {
      actions.push_back(action_json(action, request.language));
      if (action.type == "closeout.apply")
        actions.back()["unfinished"] = in_words(unfinished(*reader, *item), request.language);
    }
    return list_response(std::move(actions), std::nullopt);
  });
  add(router, "GET", "/items/{id}/history",
      [&application](Request const& request) { return list_history(application, request); });
}

}  // namespace xiaohao::web::api
