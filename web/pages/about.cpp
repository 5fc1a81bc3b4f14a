// What this is, and whom to tell when something is wrong with it 投诉与建议.

#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Html contact(Visit const& visit, Participant const& person) {
  return li(person.name,
            when(person.unit.has_value(), [&] { return group(" · ", visit.unit_name(*person.unit)); }),
            when(!person.email.empty(), [&] { return group(" · ", person.email); }));
}

Response about(Visit const& visit) {
  Say const& t = visit.t;
  Html const contacts = ul(each(visit.organisation->with_role(Role::Coordinator),
                                [&](Participant const* person) { return contact(visit, *person); }));
  return page(
      visit, {.title = {"关于", "About"}, .section = ""},
      article(
          cls("prose"), h1(t("关于销号台", "About Xiaohao")),
          p(t("年度任务清单的分解、督办、销号与留痕：谁的事、什么时限、到哪一步、凭什么销号，一查便知。",
              "A county's yearly checklist: whose task, due when, how far, and on what evidence it was "
              "closed.")),
          p(t("只收一次材料，不打分排名，不统计在线时长，不要求照片打卡。",
              "Asks for each thing once; no scores, no rankings, no time-online statistics, no check-ins.")),
          h2(id("complaints"), t("投诉与建议", "Complaints and suggestions")),
          p(t("数据有误、填报过重、流程不合理，请告诉下面的联系人；意见会留痕并答复。",
              "If a figure is wrong, a form asks too much or a step makes no sense, tell:")),
          when(visit.me != nullptr, contacts),
          when(!visit.me, p(a(href("/sign-in"), t("登录后可见联系人", "Sign in to see whom")))),
          p(cls("hint"), t("版本 ", "Version "), visit.application.settings.version, " · Apache-2.0")));
}

}  // namespace

void add_about_page(Router& router, Application& application) {
  router.add("GET", "/about", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               respond(about(Visit(application, *request)));
             });
}

}  // namespace xiaohao::web::pages
