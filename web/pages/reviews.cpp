// `/reviews`: what others have handed in and wait for me to decide, with what they claim.

#include <algorithm>

#include "web/pages/duties.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

/// Who applied, when, in which words, with how much evidence, and how often it came back before.
Html claim(Visit const& visit, store::Reader const& reader, WorkItem const& item) {
  Say const& t = visit.t;
  Html lines;
  if (auto const applied = last_said(reader, item.id(), {"closeout.apply", "complete"});
      applied && item.status.applied_at) {
    auto const pieces = reader.evidence_of(item.id());
    auto const valid =
        std::count_if(pieces.begin(), pieces.end(), [](Evidence const& piece) { return !piece.withdrawn; });
    lines += p(t("申请：", "Claim: "), applied->words);
    lines += p(cls("hint"), applied->by.value(), " · ", moment(t, applied->at), " · ",
               t("佐证材料 ", "evidence: "), valid, t(" 份", ""), when(item.status.returns > 0, [&] {
                 return group(" · ", t("曾退回 ", "returned before: "), item.status.returns, t(" 次", ""));
               }));
  }
  if (item.status.requested_due)
    if (auto const asked = last_said(reader, item.id(), {"extension.request"})) {
      int const year = item.definition.plan.value();
      lines += p(t("申请延期至 ", "Asks for more time until "), day_mark(t, *item.status.requested_due, year),
                 t("：", ": "), asked->words);
      lines += p(cls("hint"), asked->by.value(), " · ", moment(t, asked->at));
    }
  return lines;
}

Result<Response> reviews(Visit const& visit) {
  Say const& t = visit.t;
  PageHead const head{.title = {"审核", "Reviews"}, .section = "/reviews", .live = true};
  WaitingItems const waiting = reviews_of(visit.application, visit.me->username);
  if (waiting.items.empty())
    return page(visit, head,
                group(h1(t("审核", "Reviews")),
                      p(cls("lead"), t("现在没有等您审核的申请。", "No application waits for you now."))));
  Instant const now = visit.application.engine.now();
  auto const reader = visit.application.engine.store().read();
  Html const rows = each(waiting.items, [&](WaitingItem const& one) {
    return duty_row(visit, one, now, claim(visit, *reader, one.standing->item));
  });
  return page(
      visit, head,
      group(h1(t("审核", "Reviews"), " ", waiting.items.size()),
            p(cls("hint"),
              t("点开事项对照佐证材料后决定；退回须写明缺什么。",
                "Open an item and hold the claim against its evidence; a return says what is missing.")),
            section(cls("sheet"), id("reviews"), data("live", ""), ul(cls("duties"), rows))));
}

}  // namespace

void add_reviews_page(Router& router, Application& application) {
  add_page(router, application, "/reviews", reviews);
}

}  // namespace xiaohao::web::pages
