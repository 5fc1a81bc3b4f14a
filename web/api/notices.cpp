#include "web/acknowledgement.hpp"
#include "web/api/answers.hpp"
#include "web/api/query.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {
namespace {

Result<Response> list_notices(Application& application, Request const& request) {
  Query query(request);
  store::NoticeFilter filter;
  if (auto const recipient = query.text("recipient")) filter.recipient = Username{*recipient};
  if (auto const item = query.integer("item", 1, INT64_MAX)) filter.item = ItemId{*item};
  filter.step = query.text("step");
  filter.state = query.one_of("state", notice_state_named, "planned, sending, sent, failed, dead, withheld");
  filter.channel = query.text("channel");
  if (auto const before = query.cursor("notices")) filter.before = NoticeId{*before};
  int const limit = query.limit();
  if (auto finished = query.finish(); !finished) return tl::unexpected(finished.error());
  Username const& me = request.visitor->username;
  auto const organisation = application.boards.organisation();
  if (!sees_all_notices(organisation->participant(me))) {
    if (filter.recipient && *filter.recipient != me)
      return refuse(Reason::Forbidden, "/recipient",
                    {"您只能查看自己的通知", "you may read your own notices only"});
    filter.recipient = me;
  }
  filter.limit = limit + 1;
  std::vector<Notice> notices = application.engine.store().read()->notices(filter);
  bool const more = static_cast<int>(notices.size()) > limit;
  if (more) notices.pop_back();
  Json items = Json::array();
  for (Notice const& notice : notices) items.push_back(notice_json(notice, request.language));
  return list_response(std::move(items),
                       more ? std::optional(cursor_of("notices", notices.back().id.value())) : std::nullopt);
}

}  // namespace

void add_notice_routes(Router& router, Application& application) {
  add(router, "GET", "/notices",
      [&application](Request const& request) { return list_notices(application, request); });
  router.add("POST", std::string(base_path) + "/notices/{id}/acknowledge", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<std::int64_t> const id = path_number(*request, "id");
               if (!id) return respond(problem(id.error(), *request));
               acknowledge(application, NoticeId{*id}, request->visitor->username,
                           [request, respond](Result<Notice> const& notice) {
                             respond(notice ? json_response(200, notice_json(*notice, request->language))
                                            : problem(notice.error(), *request));
                           });
             });
}

}  // namespace xiaohao::web::api
