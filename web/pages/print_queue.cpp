// `/notices/print`: what goes out on paper, one sheet for each unit; whoever prints it says so.

#include "web/print_queue.hpp"

#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/notices/print";

std::string addressee(Visit const& visit, PaperSheet const& sheet) {
  return sheet.unit ? visit.unit_name(*sheet.unit) : person_name(visit, Username{sheet.key});
}

Html notice_row(Visit const& visit, Notice const& notice) {
  return tr(td(step_name(Say(Language::Chinese), notice.step)), td(notice.subject.zh), td(notice.body.zh),
            td(person_name(visit, notice.recipient)));
}

Html sheet_of(Visit const& visit, PaperSheet const& sheet) {
  Say const& t = visit.t;
  return section(
      cls("print-sheet"),
      article(
          cls("formal-document"), attr("lang", "zh"), h1("督 办 通 知"),
          p(cls("addressee"), addressee(visit, sheet), "："), p("下列事项请办理，并将回执交回。"),
          table(thead(tr(th("类别"), th("事项"), th("内容"), th("收件人"))),
                tbody(each(sheet.notices, [&](Notice const& notice) { return notice_row(visit, notice); }))),
          section(
              cls("receipt"), h2("回执"),
              table(tbody(tr(th("签收人"), td(), th("时间"), td()), tr(th("措施"), td(attr("colspan", "3"))),
                          tr(th("预计完成"), td(attr("colspan", "3"))))))),
      post_form(visit, path, cls("no-print"), input(type("hidden"), name("key"), value(sheet.key)),
                button(type("submit"), t("已打印并送达", "Printed and handed over"))));
}

Result<Response> queue(Visit const& visit) {
  Say const& t = visit.t;
  if (!visit.may("notice.print"))
    return refuse(Reason::Forbidden, "",
                  {"待打印通知供统筹人员使用", "the print queue is for the coordinator"});
  auto const sheets = print_queue(*visit.application.engine.store().read(), *visit.organisation,
                                  visit.application.engine.now());
  return page(
      visit, {.title = {"待打印", "To be printed"}, .section = "/notices"},
      group(
          div(cls("no-print"), h1(t("待打印", "To be printed")),
              p(cls("lead"),
                t("给没有其他联系方式的单位：每单位一张，打印送达后登记。",
                  "For those who are reached no other way: one sheet for each unit. Print it, hand it over, "
                  "and say so here.")),
              p(sheets.empty()
                    ? group(t("没有待打印的通知。", "Nothing waits."))
                    : button(type("button"), cls("primary"), data("print", ""), t("打印全部", "Print all")))),
          each(sheets, [&](PaperSheet const& sheet) { return sheet_of(visit, sheet); })));
}

}  // namespace

void add_print_queue_page(Router& router, Application& application) {
  add_page(router, application, path, queue);
  router.add("POST", path, Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               mark_printed(
                   application, request->field("key"), request->visitor->username,
                   [request, respond](Result<int> const& printed) {
                     Say const t(request->language);
                     respond(see_other_with(
                         path, printed ? Flash{false, std::string(t("已登记", "Recorded"))}
                                       : Flash{true, in(request->language, printed.error().first().detail)}));
                   });
             });
}

}  // namespace xiaohao::web::pages
