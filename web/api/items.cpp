#include <algorithm>

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {
namespace {

constexpr int batch = 200;

bool is_state(decision::Rules const& rules, std::string const& name) {
  return std::any_of(rules.lifecycles.begin(), rules.lifecycles.end(), [&](auto const& lifecycle) {
    auto const& states = lifecycle.second.states();
    return std::any_of(states.begin(), states.end(),
                       [&](statechart::State const& state) { return state.key == name; });
  });
}

decision::Light light_of_item(Application& application, WorkItem const& item) {
  auto const board = application.boards.current(item.definition.plan);
  decision::Standing const* const standing = board ? board->find(item.id()) : nullptr;
  if (standing) return standing->light.light;
  decision::Rules const& rules = application.engine.rules();
  return decision::light_of(item, application.engine.now(), rules.lights, rules.calendar).light;
}

/// Items in the store's order that `keep` accepts, `limit` of them and the cursor for what follows.
Response items_response(Application& application, Request const& request, store::ItemFilter filter, int limit,
                        std::function<bool(WorkItem const&)> const& keep) {
  auto const reader = application.engine.store().read();
  std::vector<WorkItem> kept;
  bool more = true;
  filter.limit = batch;
  while (more && static_cast<int>(kept.size()) <= limit) {
    std::vector<WorkItem> found = reader->items(filter);
    more = static_cast<int>(found.size()) == batch;
    if (!found.empty()) filter.after = found.back().id();
    for (WorkItem& item : found)
      if (keep(item) && may_read(application, request.visitor->username, "item", item))
        kept.push_back(std::move(item));
  }
  Json items = Json::array();
  for (std::size_t place = 0; place < kept.size() && static_cast<int>(place) < limit; ++place)
    items.push_back(item_json(application, kept[place], request.language));
  bool const cut = static_cast<int>(kept.size()) > limit;
  return list_response(
      std::move(items),
      cut ? std::optional(cursor_of("items", kept[static_cast<std::size_t>(limit) - 1].id().value()))
          : std::nullopt);
}

Result<Response> list_items(Application& application, Request const& request) {
  Query query(request);
  store::ItemFilter filter;
  if (auto const year = query.integer("plan", 1, 9999)) filter.plan = PlanYear{static_cast<int>(*year)};
  filter.kind = query.one_of("kind", item_kind_named, "Task, Assignment, Milestone, Occurrence, Finding");
  filter.campaign = query.text("campaign");
  if (auto const unit = query.text("unit")) filter.unit = UnitId{*unit};
  filter.state = query.text("state");
  if (filter.state && !is_state(application.engine.rules(), *filter.state))
    query.fault("state", {"没有这个状态", "no lifecycle has this state"});
  auto const light = query.one_of("light", decision::light_named, "grey, green, yellow, red");
  filter.due_before = query.date("due_before");
  filter.due_after = query.date("due_after");
  if (auto const parent = query.integer("parent", 1, INT64_MAX)) filter.parent = ItemId{*parent};
  if (auto const number = query.integer("number", 0, 1'000'000)) filter.number = static_cast<int>(*number);
  filter.text = query.text("q");
  if (auto const after = query.cursor("items")) filter.after = ItemId{*after};
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  return items_response(application, request, std::move(filter), limit, [&](WorkItem const& item) {
    return !light || light_of_item(application, item) == *light;
  });
}

Result<Response> list_extensions(Application& application, Request const& request) {
  Query query(request);
  store::ItemFilter filter;
  if (auto const year = query.integer("plan", 1, 9999)) filter.plan = PlanYear{static_cast<int>(*year)};
  if (auto const unit = query.text("unit")) filter.unit = UnitId{*unit};
  if (auto const after = query.cursor("items")) filter.after = ItemId{*after};
  filter.open = true;
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  return items_response(application, request, std::move(filter), limit,
                        [](WorkItem const& item) { return item.status.requested_due.has_value(); });
}

Json action_json(PossibleAction const& action, Language language) {
  Json blocked_by = Json::array();
  for (Text const& reason : action.blocked_by) blocked_by.push_back(in(language, reason));
  return {{"type", action.type},
          {"label", in(language, action.label)},
          {"needs", action.needs},
          {"blocked_by", std::move(blocked_by)}};
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
    if (Result<nlohmann::json> entry = json::read(line.leaf)) items.push_back(Json(std::move(*entry)));
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
    for (PossibleAction const& action :
         application.engine.actions(*application.engine.store().read(), *item, request.visitor->username))
      actions.push_back(action_json(action, request.language));
    return list_response(std::move(actions), std::nullopt);
  });
  add(router, "GET", "/items/{id}/history",
      [&application](Request const& request) { return list_history(application, request); });
}

}  // namespace xiaohao::web::api
