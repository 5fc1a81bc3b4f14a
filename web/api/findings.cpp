// Findings: the ledger, registering, grouping, self-checks.

#include "web/findings.hpp"

#include <algorithm>

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"

namespace xiaohao::web::api {
namespace {

constexpr std::size_t similar_shown = 10;

Json number_or_null(std::optional<ItemId> const& item) { return item ? Json(item->value()) : Json(nullptr); }

Json numbers(std::vector<ItemId> const& items) {
  Json list = Json::array();
  for (ItemId const& item : items) list.push_back(item.value());
  return list;
}

Json finding_json(Application& application, LedgerRow const& row, Language language) {
  Finding const& finding = row.finding;
  return {{"source", finding.source},
          {"reference", finding.reference.empty() ? Json(nullptr) : Json(finding.reference)},
          {"fed_back", date_or_null(finding.fed_back)},
          {"common", finding.common},
          {"rectification", std::string(to_string(finding.rectification))},
          {"problem", row.problem},
          {"goal", finding.goal},
          {"measures", finding.measures},
          {"person", finding.person ? Json(finding.person->value()) : Json(nullptr)},
          {"linked", numbers(finding.linked)},
          {"group", number_or_null(finding.similar)},
          {"checks", number_or_null(finding.checks)},
          {"relapse_of", number_or_null(finding.relapse_of)},
          {"deepened", finding.deepened},
          {"rechecked", finding.rechecked},
          {"registered_by", finding.registered_by.value()},
          {"registered_at", to_string(finding.registered_at)},
          {"item", item_json(application, row.item, language)}};
}

std::optional<LedgerRow> row_of(Application& application, ItemId item) {
  FindingQuery query;
  if (auto const found = application.engine.store().read()->item(item)) query.plan = found->definition.plan;
  query.after = ItemId{item.value() - 1};
  for (LedgerRow& row : find_findings(application, query))
    if (row.finding.item == item) return std::move(row);
  return std::nullopt;
}

Result<LedgerRow> path_row(Application& application, Request const& request) {
  if (auto const may = may_read_findings(application, request.visitor->username); !may)
    return tl::unexpected(may.error());
  Result<std::int64_t> const id = path_number(request, "id");
  if (!id) return tl::unexpected(id.error());
  auto row = row_of(application, ItemId{*id});
  if (!row) return refuse(Reason::NotFound, "", {"没有这个反馈问题", "there is no such finding"});
  return std::move(*row);
}

Result<Response> list(Application& application, Request const& request) {
  if (auto const may = may_read_findings(application, request.visitor->username); !may)
    return tl::unexpected(may.error());
  Query query(request);
  FindingQuery const asked = read_finding_query(query, application.engine.rules());
  auto const limit = static_cast<std::size_t>(query.limit());
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  std::vector<LedgerRow> const rows = find_findings(application, asked);
  Json items = Json::array();
  for (std::size_t at = 0; at < std::min(limit, rows.size()); ++at)
    items.push_back(finding_json(application, rows[at], request.language));
  std::optional<std::string> next;
  if (rows.size() > limit) next = cursor_of("findings", rows[limit - 1].finding.item.value());
  return list_response(std::move(items), next);
}

Result<Response> campaigns(Application& application, Request const& request) {
  if (auto const may = may_read_findings(application, request.visitor->username); !may)
    return tl::unexpected(may.error());
  Query query(request);
  PlanYear const year{static_cast<int>(query.required_integer("plan", 1, 9999))};
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  auto const reader = application.engine.store().read();
  auto const plan = reader->plan(year);
  if (!plan) return refuse(Reason::NotFound, "", {"没有这个年度的方案", "there is no plan of that year"});
  Json items = Json::array();
  for (CampaignFindings const& count : findings_by_campaign(*reader, *plan))
    items.push_back({{"campaign", count.campaign},
                     {"listed", count.listed},
                     {"deepened", count.deepened},
                     {"rechecked", count.rechecked}});
  return list_response(std::move(items), std::nullopt);
}

Result<Response> similar(Application& application, Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<LedgerRow> const row = path_row(application, request);
  if (!row) return tl::unexpected(row.error());
  Json items = Json::array();
  auto const reader = application.engine.store().read();
  for (SimilarFinding const& each : similar_findings(*reader, row->finding, similar_shown))
    items.push_back(
        {{"item", each.finding.item.value()}, {"percent", each.percent}, {"shared", each.shared}});
  return list_response(std::move(items), std::nullopt);
}

std::vector<ItemId> read_items(json::Fields& fields, char const* name) {
  std::vector<ItemId> items;
  std::size_t index = 0;
  for (nlohmann::json const& entry : fields.array_or_empty(name)) {
    if (entry.is_number_integer() && entry.get<std::int64_t>() > 0)
      items.emplace_back(entry.get<std::int64_t>());
    else
      fields.fault(std::string(name),
                   "must be numbers of items, and number " + std::to_string(index) + " is none");
    ++index;
  }
  return items;
}

/// A body of these fields, and no query; what `read` leaves at fault is refused.
template <class Wish, class Read>
Result<Wish> read_wish(Request const& request, Read read) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Wish wish = read(fields);
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

FindingWish wish_in(json::Fields& fields) {
  FindingWish wish;
  wish.plan = PlanYear{static_cast<int>(fields.integer("plan", 1, 9999))};
  wish.source = fields.text("source");
  wish.reference = fields.text_or("reference", "");
  wish.title = fields.text("title");
  wish.problem = fields.text("problem");
  wish.goal = fields.text_or("goal", "");
  wish.measures = fields.text_or("measures", "");
  wish.unit = UnitId{fields.text("unit")};
  if (fields.has("person")) wish.person = Username{fields.text("person")};
  wish.deadline = fields.text("deadline");
  if (fields.has("fed_back")) {
    if (auto const day = parse_date(fields.text("fed_back")))
      wish.fed_back = *day;
    else
      fields.fault("fed_back", "must be a date, as 2024-03-15");
  }
  if (fields.has("rectification")) {
    wish.rectification = rectification_named(fields.text("rectification"));
    if (!wish.rectification) fields.fault("rectification", "must be immediate, dated or long_term");
  }
  wish.common = fields.boolean_or("common", false);
  wish.linked = read_items(fields, "linked");
  if (fields.has("similar_to")) wish.similar_to = ItemId{fields.integer("similar_to", 1, INT64_MAX)};
  return wish;
}

SelfCheck self_check_in(json::Fields& fields) {
  SelfCheck wish;
  for (std::string& unit : fields.texts("units")) wish.units.emplace_back(std::move(unit));
  wish.deadline = fields.text("deadline");
  wish.text = fields.text("text");
  return wish;
}

/// Answers with the finding as it then stands.
Written<Finding> answer_with(Application& application, std::shared_ptr<Request const> request,
                             Respond respond, int status) {
  return [&application, request, respond, status](Result<Finding> const& finding) {
    if (!finding) return respond(problem(finding.error(), *request));
    auto const row = row_of(application, finding->item);
    respond(json_response(status, row ? finding_json(application, *row, request->language) : Json(nullptr)));
  };
}

using Handle = void (*)(Application&, std::shared_ptr<Request const> const&, Respond const&);

void post(Router& router, Application& application, char const* path, Handle handle) {
  router.add("POST", base_path + std::string(path), Access::SignedIn,
             [&application, handle](std::shared_ptr<Request const> request, Respond respond) {
               handle(application, request, respond);
             });
}

void post_finding(Application& application, std::shared_ptr<Request const> const& request,
                  Respond const& respond) {
  Result<FindingWish> wish = read_wish<FindingWish>(*request, wish_in);
  if (!wish) return respond(problem(wish.error(), *request));
  register_finding(application, std::move(*wish), request->visitor->username,
                   answer_with(application, request, respond, 201));
}

void post_group(Application& application, std::shared_ptr<Request const> const& request,
                Respond const& respond) {
  Result<std::int64_t> const id = path_number(*request, "id");
  if (!id) return respond(problem(id.error(), *request));
  Result<std::vector<ItemId>> with = read_wish<std::vector<ItemId>>(*request, [](json::Fields& fields) {
    if (!fields.has("with")) fields.fault("with", "is missing; an empty list takes it out of its group");
    return read_items(fields, "with");
  });
  if (!with) return respond(problem(with.error(), *request));
  group_findings(application, ItemId{*id}, std::move(*with), request->visitor->username,
                 answer_with(application, request, respond, 200));
}

void post_self_checks(Application& application, std::shared_ptr<Request const> const& request,
                      Respond const& respond) {
  Result<std::int64_t> const id = path_number(*request, "id");
  if (!id) return respond(problem(id.error(), *request));
  Result<SelfCheck> wish = read_wish<SelfCheck>(*request, self_check_in);
  if (!wish) return respond(problem(wish.error(), *request));
  wish->of = ItemId{*id};
  push_self_check(application, std::move(*wish), request->visitor->username,
                  [&application, request, respond](Result<std::vector<Finding>> const& made) {
                    if (!made) return respond(problem(made.error(), *request));
                    Json items = Json::array();
                    for (Finding const& finding : *made)
                      if (auto const row = row_of(application, finding.item))
                        items.push_back(finding_json(application, *row, request->language));
                    respond(json_response(201, {{"items", std::move(items)}, {"next", nullptr}}));
                  });
}

}  // namespace

void add_finding_routes(Router& router, Application& application) {
  add(router, "GET", "/findings",
      [&application](Request const& request) { return list(application, request); });
  add(router, "GET", "/findings/campaigns",
      [&application](Request const& request) { return campaigns(application, request); });
  add(router, "GET", "/findings/{id}", [&application](Request const& request) -> Result<Response> {
    if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
    return path_row(application, request).map([&](LedgerRow const& row) {
      return json_response(200, finding_json(application, row, request.language));
    });
  });
  add(router, "GET", "/findings/{id}/similar",
      [&application](Request const& request) { return similar(application, request); });
  post(router, application, "/findings", post_finding);
  post(router, application, "/findings/{id}/group", post_group);
  post(router, application, "/findings/{id}/self-checks", post_self_checks);
}

}  // namespace xiaohao::web::api
