// The close-out record of an item: what an inspector takes away, and checks without us.

#include "engine/record/closeout_record.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

Result<Response> closeout_record(Application& application, Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<WorkItem> const item = path_item(application, request, "history");
  if (!item) return tl::unexpected(item.error());
  store::Store& store = application.engine.store();
  auto const record = record::record_of(*store.read(), item->id(), store.key().get());
  if (!record) return tl::unexpected(record.error());
  return text_response(200, "application/json", record::to_json(*record));
}

}  // namespace

void add_record_routes(Router& router, Application& application) {
  add(router, "GET", "/items/{id}/closeout-record",
      [&application](Request const& request) { return closeout_record(application, request); });
}

}  // namespace xiaohao::web::api
