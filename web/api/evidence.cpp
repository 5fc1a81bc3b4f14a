#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/evidence_files.hpp"
#include "web/evidence_intake.hpp"
#include "web/http/target.hpp"
#include "web/pictures.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {
namespace {

/// The one file `file` of the form, beside which only `note` may stand.
Result<Upload> read_upload(Request const& request) {
  for (auto const& [name, value] : request.form)
    if (name != "note")
      return refuse(Reason::Malformed, "/" + name, {"没有这个字段", "there is no such field"});
  if (request.uploads.size() != 1 || request.uploads.front().field != "file")
    return refuse(Reason::Malformed, "/file",
                  {"需要一个名为 file 的文件", "exactly one file is needed, in the field \"file\""});
  if (request.uploads.front().size == 0)
    return refuse(Reason::Malformed, "/file", {"文件是空的", "the file is empty"});
  return request.uploads.front();
}

void attach(Application& application, std::shared_ptr<Request const> const& request, Respond const& respond) {
  auto const refuse_with = [&](Refusal const& refusal) { respond(problem(refusal, *request)); };
  if (auto finished = Query(*request).finish(); !finished) return refuse_with(finished.error());
  // Whoever may not see the item, or may never hand in anything for it, leaves nothing on the disk.
  Result<WorkItem> const item = path_item(application, *request);
  if (!item) return refuse_with(item.error());
  Username const& me = request->visitor->username;
  if (Result<void> const may = may_hand_in(application, me, *item); !may) return refuse_with(may.error());
  Result<Upload> const upload = read_upload(*request);
  if (!upload) return refuse_with(upload.error());
  Result<std::optional<std::int64_t>> const seen = seen_version(*request);
  if (!seen) return refuse_with(seen.error());
  Result<std::string> const key = idempotency_key(*request);
  if (!key) return refuse_with(key.error());

  auto const note = request->form.find("note");
  HandIn evidence{me, item->id(), {*upload}, note == request->form.end() ? "" : note->second, *seen, *key};
  hand_in(application, std::move(evidence), [request, respond](HandedIn const& handed_in) {
    if (handed_in.refusal) return respond(problem(*handed_in.refusal, *request));
    Upload const& file = request->uploads.front();
    Response response = json_response(201, Json{{"sha256", file.sha256},
                                                {"name", file.name},
                                                {"size", file.size},
                                                {"media_type", handed_in.media_types.front()}});
    response.headers.emplace_back("ETag", "\"" + std::to_string(handed_in.item->status.version) + "\"");
    response.headers.emplace_back("Location", std::string(base_path) + "/evidence/" + file.sha256);
    respond(std::move(response));
  });
}

/// The piece that the path names, as handed in for an item whose evidence the visitor may read.
Result<Evidence> asked_for(Application& application, Request const& request) {
  if (auto finished = Query(request).finish(); !finished) return tl::unexpected(finished.error());
  std::string const& digits = request.path_parameters.at("sha256");
  bool const is_hash =
      digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  auto const reader = application.engine.store().read();
  std::vector<Evidence> const handed_in =
      is_hash ? reader->evidence(Sha256Hex{digits}) : std::vector<Evidence>{};
  if (handed_in.empty()) return refuse(Reason::NotFound, "", {"没有这份材料", "there is no such evidence"});
  for (Evidence const& evidence : handed_in) {
    auto const item = reader->item(evidence.item);
    if (item && may_read(application, request.visitor->username, "evidence", *item)) return evidence;
  }
  return refuse(Reason::Forbidden, "", {"您不能查看这份材料", "you may not read this evidence"});
}

void sandbox(Response& response) {
  response.headers.emplace_back("Content-Security-Policy",
                                "sandbox; default-src 'none'; frame-ancestors 'none'");
}

Result<Response> download(Application& application, Request const& request) {
  Result<Evidence> const evidence = asked_for(application, request);
  if (!evidence) return tl::unexpected(evidence.error());
  Response response;
  response.content_type = evidence->media_type;
  response.file = evidence_path(application.settings.evidence_directory, evidence->sha256);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename*=UTF-8''" + encode_component(evidence->name));
  sandbox(response);
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

void show_picture(Application& application, std::shared_ptr<Request const> const& request,
                  Respond const& respond) {
  Result<Evidence> const evidence = asked_for(application, *request);
  if (!evidence) return respond(problem(evidence.error(), *request));
  Pictures* const pictures = application.pictures;
  if (!pictures || !pictures->shows(evidence->media_type))
    return respond(
        problem({Reason::NotFound,
                 {{"", {"这份材料不是可显示的图片", "this evidence is no picture that can be shown"}}}},
                *request));
  // A browser may keep it, and asks each time whether it still may be seen.
  std::string const tag = "\"" + evidence->sha256.value() + "\"";
  auto const answer = [respond, tag](int status, Pictures::Jpeg jpeg) {
    Response response;
    response.status = status;
    response.content_type = "image/jpeg";
    response.body = std::move(jpeg);
    response.headers.emplace_back("Content-Disposition", "inline");
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    sandbox(response);
    respond(std::move(response));
  };
  if (request->header("if-none-match") == tag) return answer(304, nullptr);
  std::string path = evidence_path(application.settings.evidence_directory, evidence->sha256);
  pictures->show(std::move(path), evidence->sha256,
                 [request, respond, answer](Result<Pictures::Jpeg> const& made) {
                   if (!made) return respond(problem(made.error(), *request));
                   answer(200, *made);
                 });
}

}  // namespace

void add_evidence_routes(Router& router, Application& application) {
  router.add_upload(std::string(base_path) + "/items/{id}/evidence", Access::SignedIn,
                    [&application](std::shared_ptr<Request const> request, Respond respond) {
                      attach(application, request, respond);
                    });
  add(router, "GET", "/evidence/{sha256}",
      [&application](Request const& request) { return download(application, request); });
  router.add("GET", std::string(base_path) + "/evidence/{sha256}/picture", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               show_picture(application, request, respond);
             });
}

}  // namespace xiaohao::web::api
