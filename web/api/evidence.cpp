#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/evidence_files.hpp"
#include "web/http/target.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {
namespace {

/// Two who hand in files for one item at once do not contradict each other; so without If-Match a stale
/// version is read again.
constexpr int attempts_max = 5;

struct Attachment {
  Application* application;
  std::shared_ptr<Request const> request;
  Respond respond;
  Command command;
  Json answer;
  bool version_given;
};

void submit(std::shared_ptr<Attachment> const& attachment, int attempt) {
  Application& application = *attachment->application;
  if (!attachment->version_given) {
    auto const item = application.engine.store().read()->item(attachment->command.item);
    attachment->command.seen = item ? std::optional(item->status.version) : std::nullopt;
  }
  application.engine.submit(attachment->command, [attachment, attempt](Result<WorkItem> const& item) {
    if (!item && item.error().reason == Reason::Stale && !attachment->version_given &&
        attempt < attempts_max) {
      auto again = [attachment, attempt] { submit(attachment, attempt + 1); };
      if (attachment->application->workers.run(again)) return;
    }
    if (!item) return attachment->respond(problem(item.error(), *attachment->request));
    Response response = json_response(201, attachment->answer);
    response.headers.emplace_back("ETag", "\"" + std::to_string(item->status.version) + "\"");
    response.headers.emplace_back(
        "Location", std::string(base_path) + "/evidence/" + attachment->answer["sha256"].get<std::string>());
    attachment->respond(std::move(response));
  });
}

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
  auto const organisation = application.boards.organisation();
  Participant const* const participant = organisation->participant(request->visitor->username);
  auto const board = application.boards.current(item->definition.plan);
  std::vector<UnitId> const leads = board ? leads_of(*board, *item) : std::vector<UnitId>{};
  decision::Subject const subject{*item, leads};
  if (!participant ||
      !application.engine.rules().permissions.may_send(*participant, "evidence.attach", subject))
    return refuse_with(Refusal{Reason::Forbidden,
                               {Fault{"",
                                      {"只有责任单位可以提交佐证材料",
                                       "only the unit that answers for the item may hand in evidence"}}}});
  Result<Upload> const upload = read_upload(*request);
  if (!upload) return refuse_with(upload.error());
  Result<std::optional<std::int64_t>> const seen = seen_version(*request);
  if (!seen) return refuse_with(seen.error());
  Result<std::string> const key = idempotency_key(*request);
  if (!key) return refuse_with(key.error());

  std::string const media_type = media_type_of_file(upload->path);
  if (Result<void> const kept = keep_evidence(application.settings.evidence_directory, *upload); !kept)
    return refuse_with(kept.error());
  nlohmann::json payload{
      {"sha256", upload->sha256}, {"name", upload->name}, {"size", upload->size}, {"media_type", media_type}};
  if (auto const note = request->form.find("note"); note != request->form.end() && !note->second.empty())
    payload["note"] = note->second;
  Json answer{
      {"sha256", upload->sha256}, {"name", upload->name}, {"size", upload->size}, {"media_type", media_type}};
  Command command{
      item->id(), "evidence.attach", std::move(payload), Actor::person(request->visitor->username), *seen,
      *key};
  auto const attachment = std::make_shared<Attachment>(
      Attachment{&application, request, respond, std::move(command), std::move(answer), seen->has_value()});
  submit(attachment, 1);
}

/// Never shown in the browser's own page: always a download, sniffed by nobody, without any right.
Result<Response> download(Application& application, Request const& request) {
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
    if (!item || !may_read(application, request.visitor->username, "evidence", *item)) continue;
    Response response;
    response.content_type = evidence.media_type;
    response.file = evidence_path(application.settings.evidence_directory, evidence.sha256);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename*=UTF-8''" + encode_component(evidence.name));
    response.headers.emplace_back("Content-Security-Policy",
                                  "sandbox; default-src 'none'; frame-ancestors 'none'");
    response.headers.emplace_back("Cache-Control", "private, no-store");
    return response;
  }
  return refuse(Reason::Forbidden, "", {"您不能查看这份材料", "you may not read this evidence"});
}

}  // namespace

void add_evidence_routes(Router& router, Application& application) {
  router.add_upload(std::string(base_path) + "/items/{id}/evidence", Access::SignedIn,
                    [&application](std::shared_ptr<Request const> request, Respond respond) {
                      attach(application, request, respond);
                    });
  add(router, "GET", "/evidence/{sha256}",
      [&application](Request const& request) { return download(application, request); });
}

}  // namespace xiaohao::web::api
