// Erasing what somebody wrote about an item, because the law asks for it.

#include "engine/erasure.hpp"
#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/asked_change.hpp"

namespace xiaohao::web::api {
namespace {

Result<Erasure> read_erasure(Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<std::int64_t> const item = path_number(request, "id");
  if (!item) return tl::unexpected(item.error());
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Erasure wish{ItemId{*item}, fields.integer("entry", 0, INT64_MAX), fields.text("field"),
               fields.text("reason")};
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

}  // namespace

void add_erasure_routes(Router& router, Application& application) {
  router.add("POST", base_path + std::string("/items/{id}/erasures"), Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<Erasure> const wish = read_erasure(*request);
               if (!wish) return respond(problem(wish.error(), *request));
               auto const erase = [wish = *wish](store::Transaction& transaction, Asking const& asking) {
                 return erase_text(transaction, wish, asking);
               };
               write_as<JournalEntry>(
                   application, request->visitor->username, erase,
                   [request, respond](Result<JournalEntry> const& entry) {
                     respond(entry ? json_response(201, Json{{"index", entry->index},
                                                             {"type", entry->type},
                                                             {"texts", entry->payload.at("texts")}})
                                   : problem(entry.error(), *request));
                   });
             });
}

}  // namespace xiaohao::web::api
