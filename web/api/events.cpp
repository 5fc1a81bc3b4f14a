// What people do with items: every change goes to the engine as one command.

#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/commands.hpp"
#include "web/deadline_words.hpp"
#include "web/evidence_intake.hpp"

namespace xiaohao::web::api {
namespace {

/// `{"type":…, "note":…, …}`: everything but the type is the event's payload, which the engine checks field
/// by field.
Result<Command> read_command(Request const& request) {
  Result<std::int64_t> const id = path_number(request, "id");
  if (!id) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  Result<nlohmann::json> body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  auto const type = body->find("type");
  if (type == body->end() || !type->is_string() || type->get_ref<std::string const&>().empty())
    return refuse(Reason::Malformed, "/type", {"缺少事件类型", "the event's type is needed, as a string"});
  std::string name = *type;
  body->erase(type);
  Result<std::optional<std::int64_t>> const seen = seen_version(request);
  if (!seen) return tl::unexpected(seen.error());
  Result<std::string> key = idempotency_key(request);
  if (!key) return tl::unexpected(key.error());
  return Command{ItemId{*id}, std::move(name), std::move(*body), Actor::person(request.visitor->username),
                 *seen,       std::move(*key)};
}

}  // namespace

void add_event_routes(Router& router, Application& application) {
  router.add("POST", std::string(base_path) + "/items/{id}/events", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               if (auto finished = Query(*request).finish(); !finished)
                 return respond(problem(finished.error(), *request));
               Result<Command> command = read_command(*request);
               if (!command) return respond(problem(command.error(), *request));
               if (Result<void> fine = check_event_on_evidence(application, *command); !fine)
                 return respond(problem(fine.error(), *request));
               if (Result<void> read = read_deadline_words(application, *command); !read)
                 return respond(problem(read.error(), *request));
               submit(application, std::move(*command),
                      [&application, request, respond](Result<WorkItem> item) {
                        respond(item ? item_response(application, *item, request->language)
                                     : problem(item.error(), *request));
                      });
             });
}

}  // namespace xiaohao::web::api
