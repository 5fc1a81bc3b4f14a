// `/admin`: what is set and kept rather than done, with what each place is for; what one may not see is not
// named.

#include <array>

#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

struct Desk {
  char const* path;
  Text name;
  Text purpose;
  bool (*offered)(Visit const&);
};

bool to_all(Visit const&) { return true; }
bool to_silencers(Visit const& visit) { return visit.may("silence") || visit.may("absence"); }
bool to_policy_readers(Visit const& visit) {
  return visit.application.policy_desk && (visit.may("rules.change") || visit.may("rehearse"));
}
bool to_printers(Visit const& visit) { return visit.may("notice.print"); }
bool to_those_who_draw(Visit const& visit) { return visit.may("reinspection.draw"); }
bool to_auditor(Visit const& visit) { return visit.is(Role::Auditor); }

std::array<Desk, 8> const& desks() {
  static std::array<Desk, 8> const all{
      {{"/admin/organisation",
        {"组织机构", "Organisation"},
        {"单位、单位组、人员和角色；工作移交。", "Units, groups, people and roles; hand-over of work."},
        to_all},
       {"/admin/policy",
        {"督办策略", "Escalation policy"},
        {"何时提醒谁；改动先预览，再生效。", "Who is told when; a change is previewed, then put in force."},
        to_policy_readers},
       {"/notices/silences",
        {"静默与代理", "Silences and stand-ins"},
        {"暂停督办提醒；登记外出和代理人。", "Notices held back; who is away and who stands in."},
        to_silencers},
       {"/notices/print",
        {"打印队列", "Print queue"},
        {"送不到的通知，打印后送达。", "Notices that go on paper."},
        to_printers},
       {"/reinspections",
        {"回头看抽查", "Reinspection draws"},
        {"按公开的种子随机抽取，任何人可复算。", "Drawn by a published seed that anybody can repeat."},
        to_those_who_draw},
       {"/lifecycles",
        {"流程说明", "Lifecycles"},
        {"每类事项从下达到销号怎么走。", "The way of each kind of item, from issue to close-out."},
        to_all},
       {"/journal",
        {"日志", "Journal"},
        {"逐条原文和树头。", "Every entry as written, and the head of the tree."},
        to_auditor},
       {"/account",
        {"我的账号", "My account"},
        {"密码、动态口令、会话、令牌、日历。", "Password, one-time codes, sessions, tokens, calendars."},
        to_all}}};
  return all;
}

Result<Response> administration(Visit const& visit) {
  Say const& t = visit.t;
  return page(visit, {.title = {"管理", "Administration"}, .section = "/admin"},
              group(h1(t("管理", "Administration")),
                    section(cls("sheet"), ul(cls("duties"), each(desks(), [&](Desk const& desk) {
                                               return when(desk.offered(visit), [&] {
                                                 return li(a(href(desk.path), t(desk.name)),
                                                           p(cls("hint"), t(desk.purpose)));
                                               });
                                             })))));
}

}  // namespace

void add_administration_page(Router& router, Application& application) {
  add_page(router, application, "/admin", administration);
}

}  // namespace xiaohao::web::pages
