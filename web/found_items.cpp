#include "web/found_items.hpp"

#include <algorithm>

#include "web/work.hpp"

namespace xiaohao::web {
namespace {

constexpr int batch = 200;

bool is_state(decision::Rules const& rules, std::string const& name) {
  return std::any_of(rules.lifecycles.begin(), rules.lifecycles.end(), [&](auto const& lifecycle) {
    auto const& states = lifecycle.second.states();
    return std::any_of(states.begin(), states.end(),
                       [&](statechart::State const& state) { return state.key == name; });
  });
}

}  // namespace

ItemQuery read_item_query(api::Query& query, decision::Rules const& rules) {
  ItemQuery read;
  store::ItemFilter& filter = read.filter;
  if (auto const year = query.integer("plan", 1, 9999)) filter.plan = PlanYear{static_cast<int>(*year)};
  filter.kind = query.one_of("kind", item_kind_named, "Task, Assignment, Milestone, Occurrence, Finding");
  filter.campaign = query.text("campaign");
  if (auto const unit = query.text("unit")) filter.unit = UnitId{*unit};
  filter.state = query.text("state");
  if (filter.state && !is_state(rules, *filter.state))
    query.fault("state", {"没有这个状态", "no lifecycle has this state"});
  read.light = query.one_of("light", decision::light_named, "grey, green, yellow, red");
  filter.due_before = query.date("due_before");
  filter.due_after = query.date("due_after");
  if (auto const parent = query.integer("parent", 1, INT64_MAX)) filter.parent = ItemId{*parent};
  if (auto const number = query.integer("number", 0, 1'000'000)) filter.number = static_cast<int>(*number);
  filter.text = query.text("q");
  if (auto const after = query.cursor("items")) filter.after = ItemId{*after};
  return read;
}

decision::LightReading light_of_item(Application& application, WorkItem const& item) {
  auto const board = application.boards.current(item.definition.plan);
  decision::Standing const* const standing = board ? board->find(item.id()) : nullptr;
  if (standing) return standing->light;
  decision::Rules const& rules = application.engine.rules();
  return decision::light_of(item, application.engine.now(), rules.lights, rules.calendar);
}

FoundItems find_items(Application& application, Username const& username, ItemQuery query, int limit,
                      std::function<bool(WorkItem const&)> const& keep) {
  auto const reader = application.engine.store().read();
  FoundItems found;
  bool more = true;
  query.filter.limit = batch;
  while (more && static_cast<int>(found.items.size()) <= limit) {
    std::vector<WorkItem> next = reader->items(query.filter);
    more = static_cast<int>(next.size()) == batch;
    if (!next.empty()) query.filter.after = next.back().id();
    for (WorkItem& item : next) {
      if (keep && !keep(item)) continue;
      if (query.light && light_of_item(application, item).light != *query.light) continue;
      if (may_read(application, username, "item", item)) found.items.push_back(std::move(item));
    }
  }
  if (static_cast<int>(found.items.size()) > limit) {
    found.items.erase(found.items.begin() + limit, found.items.end());
    found.next = api::cursor_of("items", found.items.back().id().value());
  }
  return found;
}

}  // namespace xiaohao::web
