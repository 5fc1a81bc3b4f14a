// Deciding many applications in one go, each by itself.

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/batch_review.hpp"

namespace xiaohao::web::api {
namespace {

Result<BatchReview> read_batch(Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  BatchReview batch{fields.text("type"), fields.text_or("text", ""), {}};
  json::Json const& items = fields.array("items");
  for (std::size_t index = 0; index < items.size(); ++index) {
    json::Fields one(items[index], json::join_pointer("/items", index));
    batch.items.push_back({ItemId{one.integer("id", 1, INT64_MAX)}, one.integer("version", 1, INT64_MAX)});
    fields.include(one.finish());
  }
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  if (auto fine = check_batch(batch); !fine) return tl::unexpected(fine.error());
  return batch;
}

/// What became of each: the status that the event alone would have been answered with.
Json outcome_json(BatchOutcome const& outcome, Request const& request) {
  if (outcome.decided)
    return {{"id", outcome.item.value()},
            {"status", 200},
            {"version", outcome.decided->status.version},
            {"detail", nullptr}};
  Response const answer = problem(outcome.decided.error(), request);
  return {{"id", outcome.item.value()},
          {"status", answer.status},
          {"version", nullptr},
          {"detail", in(request.language, outcome.decided.error().first().detail)}};
}

}  // namespace

void add_review_routes(Router& router, Application& application) {
  router.add("POST", std::string(base_path) + "/reviews", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<BatchReview> batch = read_batch(*request);
               if (!batch) return respond(problem(batch.error(), *request));
               Result<std::string> const key = idempotency_key(*request);
               if (!key) return respond(problem(key.error(), *request));
               review_batch(application, std::move(*batch), request->visitor->username, *key,
                            [request, respond](std::vector<BatchOutcome> const& outcomes) {
                              Json items = Json::array();
                              for (BatchOutcome const& outcome : outcomes)
                                items.push_back(outcome_json(outcome, *request));
                              respond(list_response(std::move(items), std::nullopt));
                            });
             });
}

}  // namespace xiaohao::web::api
