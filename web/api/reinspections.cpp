// Draws of closed items to be looked at again.

#include "web/reinspections.hpp"

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

Json drawn_json(std::vector<Drawn> const& list, store::Reader const& reader) {
  Json items = Json::array();
  for (Drawn const& drawn : list)
    items.push_back({{"item", drawn.item.value()},
                     {"cycle", drawn.cycle},
                     {"state", std::string(word_of(state_of(reader, drawn)))}});
  return items;
}

Json draw_json(Draw const& draw, store::Reader const& reader) {
  Json population = Json::array();
  for (Drawn const& drawn : draw.population)
    population.push_back({{"item", drawn.item.value()}, {"cycle", drawn.cycle}});
  return {{"index", draw.index},
          {"plan", draw.wish.plan.value()},
          {"by", draw.wish.by_risk ? "risk" : "chance"},
          {"share_percent", draw.wish.share_percent},
          {"until", to_string(draw.wish.until)},
          {"seed", draw.seed},
          {"drawn_by", draw.drawn_by.value()},
          {"drawn_at", to_string(draw.drawn_at)},
          {"population", std::move(population)},
          {"drawn", drawn_json(draw.chosen, reader)}};
}

Result<DrawWish> read_wish(Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  DrawWish wish;
  wish.plan = PlanYear{static_cast<int>(fields.integer("plan", 1, 9999))};
  if (fields.has("share_percent"))
    wish.share_percent = static_cast<int>(fields.integer("share_percent", 1, 100));
  std::string const by = fields.text_or("by", "chance");
  if (by != "chance" && by != "risk") fields.fault("by", "must be chance or risk");
  wish.by_risk = by == "risk";
  auto const until = parse_date(fields.text("until"));
  if (!until) fields.fault("until", "must be a date, as 2024-03-15");
  wish.until = until.value_or(Date{});
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

}  // namespace

void add_reinspection_routes(Router& router, Application& application) {
  add(router, "GET", "/reinspections", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    if (auto may = may_read_draws(application, request.visitor->username); !may)
      return tl::unexpected(may.error());
    auto const reader = application.engine.store().read();
    Json items = Json::array();
    for (Draw const& draw : draws(*reader)) items.push_back(draw_json(draw, *reader));
    return list_response(std::move(items), std::nullopt);
  });
  router.add("POST", std::string(base_path) + "/reinspections", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<DrawWish> const wish = read_wish(*request);
               if (!wish) return respond(problem(wish.error(), *request));
               draw_reinspections(application, *wish, request->visitor->username,
                                  [&application, request, respond](Result<Draw> const& draw) {
                                    if (!draw) return respond(problem(draw.error(), *request));
                                    auto const reader = application.engine.store().read();
                                    respond(json_response(201, draw_json(*draw, *reader)));
                                  });
             });
}

}  // namespace xiaohao::web::api
