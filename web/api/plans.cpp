#include "engine/decision/timeliness.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

Json plan_json(Plan const& plan, Language language) {
  Json campaigns = Json::array();
  for (Campaign const& campaign : plan.campaigns)
    campaigns.push_back({{"name", campaign.name},
                         {"focus", in(language, campaign.focus)},
                         {"start", to_string(campaign.start)},
                         {"due", to_string(campaign.due)},
                         {"inferred", campaign.inferred}});
  Json doubts = Json::array();
  for (Text const& doubt : plan.doubts) doubts.push_back(in(language, doubt));
  return {{"year", plan.year.value()},
          {"title", plan.title},
          {"source", plan.source},
          {"campaigns", std::move(campaigns)},
          {"doubts", std::move(doubts)}};
}

Json tally_json(decision::Tally const& tally) {
  return {{"total", tally.lights.total()},
          {"lights",
           {{"grey", tally.lights.grey},
            {"green", tally.lights.green},
            {"yellow", tally.lights.yellow},
            {"red", tally.lights.red}}},
          {"states", tally.stages},
          {"progress", percent(tally.progress)},
          {"next_due", date_or_null(tally.next_due)},
          {"next_item", tally.next_item ? Json(tally.next_item->value()) : Json(nullptr)}};
}

Json merged(Json object, Json const& more) {
  object.update(more);
  return object;
}

/// Campaigns count the checklist's rows, with the units' shares beside them; units count their shares.
Json summary_json(decision::Board const& board) {
  Json campaigns = Json::array();
  for (decision::CampaignStanding const& standing : board.campaigns)
    campaigns.push_back(merged({{"name", standing.campaign.name},
                                {"start", to_string(standing.campaign.start)},
                                {"due", to_string(standing.campaign.due)},
                                {"running", standing.running},
                                {"assignments", tally_json(standing.assignments)}},
                               tally_json(standing.tasks)));
  Json units = Json::array();
  for (decision::UnitStanding const& standing : board.units)
    units.push_back(merged({{"unit", {{"id", standing.unit.value()}, {"name", standing.name}}}},
                           tally_json(standing.assignments)));
  return {{"plan", board.plan.year.value()},
          {"title", board.plan.title},
          {"at", to_string(board.at)},
          {"tasks", tally_json(board.tasks)},
          {"assignments", tally_json(board.assignments)},
          {"campaigns", std::move(campaigns)},
          {"units", std::move(units)}};
}

Result<PlanYear> path_year(Request const& request) {
  Result<std::int64_t> const year = path_number(request, "year");
  if (year && *year >= 1 && *year <= 9999) return PlanYear{static_cast<int>(*year)};
  return refuse(Reason::NotFound, "", {"这一年没有方案", "there is no plan of this year"});
}

Json timeliness_json(decision::TimelinessCounts const& counts) {
  return {{"on_time", counts.on_time},
          {"on_time_after_extension", counts.on_time_after_extension},
          {"late", counts.late},
          {"open_overdue", counts.open_overdue}};
}

/// How punctual the units are: 按期, 延期后按期, 逾期, never merged.
Json timeliness_json(decision::Board const& board, Organisation const& organisation) {
  decision::TimelinessTable const table = decision::timeliness(board);
  Json units = Json::array();
  for (auto const& [id, counts] : table.units) {
    Unit const* const unit = organisation.unit(id);
    units.push_back(merged({{"unit", {{"id", id.value()}, {"name", unit ? unit->name : id.value()}}}},
                           timeliness_json(counts)));
  }
  return merged({{"plan", board.plan.year.value()}, {"at", to_string(board.at)}, {"units", std::move(units)}},
                timeliness_json(table.all));
}

}  // namespace

void add_plan_routes(Router& router, Application& application) {
  add(router, "GET", "/plans", [&application](Request const& request) -> Result<Response> {
    Query query(request);
    std::int64_t const after = query.cursor("plans").value_or(0);
    auto const limit = static_cast<std::size_t>(query.limit());
    if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
    Json items = Json::array();
    std::optional<std::string> next;
    for (Plan const& plan : application.engine.store().read()->plans()) {
      if (plan.year.value() <= after) continue;
      if (items.size() == limit) {
        next = cursor_of("plans", items.back()["year"].get<std::int64_t>());
        break;
      }
      items.push_back(plan_json(plan, request.language));
    }
    return list_response(std::move(items), next);
  });
  add(router, "GET", "/plans/{year}", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Result<PlanYear> const year = path_year(request);
    auto const plan = year ? application.engine.store().read()->plan(*year) : std::nullopt;
    if (!plan) return refuse(Reason::NotFound, "", {"这一年没有方案", "there is no plan of this year"});
    return json_response(200, plan_json(*plan, request.language));
  });
  add(router, "GET", "/plans/{year}/summary", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Result<PlanYear> const year = path_year(request);
    auto const board = year ? application.boards.current(*year) : nullptr;
    if (!board) return refuse(Reason::NotFound, "", {"这一年没有方案", "there is no plan of this year"});
    return json_response(200, summary_json(*board));
  });
  add(router, "GET", "/plans/{year}/timeliness", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    Result<PlanYear> const year = path_year(request);
    auto const board = year ? application.boards.current(*year) : nullptr;
    if (!board) return refuse(Reason::NotFound, "", {"这一年没有方案", "there is no plan of this year"});
    return json_response(200, timeliness_json(*board, *application.boards.organisation()));
  });
}

}  // namespace xiaohao::web::api
