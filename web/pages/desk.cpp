// `/desk`: what waits for me, most urgent first, and what came back and why.

#include "web/pages/duties.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

/// A share that was returned and is not applied for again: why.
Html returned(Visit const& visit, store::Reader const& reader, WorkItem const& item) {
  if (item.status.returns == 0 || item.status.applied_at || !item.status.accepted_at) return {};
  auto const said = last_said(reader, item.id(), {"closeout.return", "closeout.reject", "return"});
  if (!said) return {};
  Say const& t = visit.t;
  return p(cls("message warning"), t("已退回：", "Returned: "), said->words, " ", small(moment(t, said->at)));
}

Result<Response> desk(Visit const& visit) {
  Say const& t = visit.t;
  PageHead const head{.title = {"我的待办", "My desk"}, .section = "/desk", .live = true};
  WaitingItems const waiting = work_of(visit.application, visit.me->username);
  if (waiting.items.empty())
    return page(visit, head,
                group(h1(t("我的待办", "My desk")),
                      p(cls("lead"), t("现在没有等您办理的事项。", "Nothing waits for you now."), " ",
                        a(href("/items"), t("查看全部事项", "See all items")))));
  Instant const now = visit.application.engine.now();
  auto const reader = visit.application.engine.store().read();
  Html const rows = each(waiting.items, [&](WaitingItem const& one) {
    return duty_row(visit, one, now, returned(visit, *reader, one.standing->item));
  });
  return page(
      visit, head,
      group(h1(t("我的待办", "My desk"), " ", waiting.items.size()),
            p(cls("hint"), t("最急的在前。点开事项即可签收、反馈进展、提交佐证材料或申请销号。",
                             "The most urgent first. Open an item to accept it, report, hand in evidence or "
                             "apply for close-out.")),
            section(cls("sheet"), id("desk"), data("live", ""), ul(cls("duties"), rows))));
}

}  // namespace

void add_desk_page(Router& router, Application& application) { add_page(router, application, "/desk", desk); }

}  // namespace xiaohao::web::pages
