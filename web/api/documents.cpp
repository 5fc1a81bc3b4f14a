// Papers: what waits for a signature, what was signed, and signing.

#include "web/documents.hpp"

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"

namespace xiaohao::web::api {
namespace {

constexpr int listed_max = 200;

Json document_json(FormalDocument const& document) {
  bool const is_draft = document.id == 0;
  return {{"id", is_draft ? Json(nullptr) : Json(document.id)},
          {"kind", to_string(document.kind)},
          {"number", is_draft ? Json(nullptr) : Json(number_of(document))},
          {"unit", document.unit ? Json(document.unit->value()) : Json(nullptr)},
          {"content", document.content},
          {"signed_by", is_draft ? Json(nullptr) : Json(document.signed_by.value())},
          {"signed_at", is_draft ? Json(nullptr) : Json(to_string(document.signed_at))}};
}

Result<Response> answer_list(std::vector<FormalDocument> const& documents) {
  Json items = Json::array();
  for (FormalDocument const& document : documents) items.push_back(document_json(document));
  return list_response(std::move(items), std::nullopt);
}

Result<void> expect_reader(Application& application, Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  return may_read_documents(application, request.visitor->username);
}

Result<Signature> read_signature(Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Signature wish;
  if (auto const kind = document_kind_named(fields.text("kind")))
    wish.kind = *kind;
  else
    fields.fault("kind", "must be order, bulletin or summons");
  if (fields.has("unit")) wish.unit = UnitId{fields.text("unit")};
  wish.demands = fields.text("demands");
  if (fields.has("reply_by")) {
    if (auto const day = parse_date(fields.text("reply_by")))
      wish.reply_by = *day;
    else
      fields.fault("reply_by", "must be a date, as 2024-03-15");
  }
  wish.meeting = fields.text_or("meeting", "");
  wish.contact = fields.text_or("contact", "");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

}  // namespace

void add_document_routes(Router& router, Application& application) {
  add(router, "GET", "/documents", [&application](Request const& request) -> Result<Response> {
    if (auto const may = expect_reader(application, request); !may) return tl::unexpected(may.error());
    return answer_list(application.engine.store().read()->documents(listed_max));
  });
  add(router, "GET", "/documents/drafts", [&application](Request const& request) -> Result<Response> {
    if (auto const may = expect_reader(application, request); !may) return tl::unexpected(may.error());
    return answer_list(drafts(*application.engine.store().read(), application.engine.now()));
  });
  add(router, "GET", "/documents/{id}", [&application](Request const& request) -> Result<Response> {
    if (auto const may = expect_reader(application, request); !may) return tl::unexpected(may.error());
    Result<std::int64_t> const id = path_number(request, "id");
    if (!id) return tl::unexpected(id.error());
    auto const document = application.engine.store().read()->document(*id);
    if (!document) return refuse(Reason::NotFound, "", {"没有这份文件", "there is no such paper"});
    return json_response(200, document_json(*document));
  });
  router.add("POST", base_path + std::string("/documents"), Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<Signature> const wish = read_signature(*request);
               if (!wish) return respond(problem(wish.error(), *request));
               sign_document(application, *wish, request->visitor->username,
                             [request, respond](Result<FormalDocument> const& document) {
                               respond(document ? json_response(201, document_json(*document))
                                                : problem(document.error(), *request));
                             });
             });
}

}  // namespace xiaohao::web::api
