// `/acknowledge/{token}`: where the link in a message leads. Looking changes nothing, so that a mail scanner
// which opens every link acknowledges nothing; the button does it, once, without signing in.

#include "engine/identity/notice_link.hpp"
#include "web/acknowledgement.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Result<Notice> notice_of(Application& application, Request const& request) {
  std::string const& token = request.path_parameters.at("token");
  auto const reader = application.engine.store().read();
  auto const id = identity::notice_in_token(token);
  auto notice = id ? reader->notice(*id) : std::nullopt;
  auto const reading =
      notice ? identity::read_notice_token(reader->secret(identity::notice_link_secret).value_or(""), *notice,
                                           token, application.engine.now())
             : identity::TokenReading::Forged;
  if (reading == identity::TokenReading::Good) return std::move(*notice);
  if (reading == identity::TokenReading::Expired)
    return refuse(Reason::NotFound, "",
                  {"这个链接已过期，请登录后在“通知”页确认",
                   "this link has expired; sign in and acknowledge on the notices page"});
  return refuse(Reason::NotFound, "", {"这个链接不完整或无效", "this link is not complete, or not genuine"});
}

Response acknowledge_page(Visit const& visit, Notice const& notice) {
  Say const& t = visit.t;
  Html const what = group(p(cls("tag"), step_name(t, notice.step)), h1(t(notice.subject)));
  Html const then =
      notice.acknowledged_at
          ? p(cls("lead"), t("已于 ", "Acknowledged on "), moment(t, *notice.acknowledged_at),
              t(" 知悉。", "."))
          : group(p(t(notice.body)),
                  p(cls("hint"),
                    t("点“知悉”表示您已看到；同一封信里的其他事项一并知悉。办理请登录。",
                      "“Acknowledge” says that you have seen it, and the others in the same message. To act "
                      "on it, sign in.")),
                  post_form(visit, "/acknowledge/" + visit.request.path_parameters.at("token"),
                            button(type("submit"), t("知悉", "Acknowledge"))));
  return page(visit, {.title = {"知悉通知", "Acknowledge"}, .section = "", .bare = true},
              section(cls("sheet"), what, then,
                      p(a(href(item_path(notice.item)), t("登录查看事项", "Sign in to see the item")))));
}

}  // namespace

void add_acknowledge_page(Router& router, Application& application) {
  router.add("GET", "/acknowledge/{token}", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Visit const visit(application, *request);
               Result<Notice> const notice = notice_of(application, *request);
               respond(notice ? acknowledge_page(visit, *notice) : refusal_page(visit, notice.error()));
             });
  router.add("POST", "/acknowledge/{token}", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Result<Notice> const notice = notice_of(application, *request);
               if (!notice) return respond(refusal_page(Visit(application, *request), notice.error()));
               acknowledge(
                   application, notice->id, notice->recipient,
                   [&application, request, respond](Result<Notice> const& done) {
                     Visit const visit(application, *request);
                     respond(done ? acknowledge_page(visit, *done) : refusal_page(visit, done.error()));
                   });
             });
}

}  // namespace xiaohao::web::pages
