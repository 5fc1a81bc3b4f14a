// `/reviews`: what others have handed in and wait for me to decide, with what they claim.

#include <algorithm>
#include <functional>
#include <map>

#include "engine/unfinished.hpp"
#include "web/batch_review.hpp"
#include "web/pages/duties.hpp"
#include "web/pages/item/history.hpp"
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
    lines += p(cls("hint"), person_name(visit, applied->by), " · ", moment(t, applied->at), " · ",
               t("佐证材料 ", "evidence: "), valid, t(" 份", ""), when(item.status.returns > 0, [&] {
                 return group(" · ", t("曾退回 ", "returned before: "), item.status.returns, t(" 次", ""));
               }));
    if (auto const missing = unfinished(reader, item); !missing.empty())
      lines += div(cls("message warning"), p(t("尚未完成：", "Not finished:")),
                   ul(each(missing, [&](Text const& one) { return li(t(one)); })));
  }
  if (item.status.requested_due)
    if (auto const asked = last_said(reader, item.id(), {"extension.request"})) {
      int const year = item.definition.plan.value();
      lines += p(t("申请延期至 ", "Asks for more time until "), day_mark(t, *item.status.requested_due, year),
                 t("：", ": "), asked->words);
      lines += p(cls("hint"), person_name(visit, asked->by), " · ", moment(t, asked->at));
    }
  return lines;
}

/// The event by which an application passes, if it can be decided in one go with others.
PossibleAction const* passing(WaitingItem const& waiting) {
  auto const& types = batch_review_types();
  for (PossibleAction const& action : waiting.actions)
    if (action.blocked_by.empty() && std::find(types.begin(), types.end(), action.type) != types.end())
      return &action;
  return nullptr;
}

std::string chosen_name(std::string const& type_, WorkItem const& item) {
  return type_ + "." + std::to_string(item.id().value());
}

Html choice(Visit const& visit, WaitingItem const& one) {
  PossibleAction const* const action = passing(one);
  if (!action) return {};
  WorkItem const& item = one.standing->item;
  return label(cls("choice"),
               input(type("checkbox"), name(chosen_name(action->type, item)),
                     value(std::to_string(item.status.version)), attr("form", "batch")),
               " ", visit.t("选中：", "Choose: "), visit.t(action->label));
}

/// Every application that was chosen, by the event it waits for.
Html batch_form(Visit const& visit, WaitingItems const& waiting) {
  Say const& t = visit.t;
  std::map<std::string, Text> labels;
  for (WaitingItem const& one : waiting.items)
    if (PossibleAction const* const action = passing(one)) labels.emplace(action->type, action->label);
  if (labels.empty()) return {};
  return section(
      cls("sheet"),
      post_form(visit, "/reviews", id("batch"), cls("stacked"), h2(t("一并办理所选", "Decide those chosen")),
                p(cls("hint"), t("每一项各自记录、各自判断：不合条件的不办，说明原因。",
                                 "Each is a decision and an entry of its own; what does not meet the "
                                 "conditions stays, with the reason.")),
                label(span(t("意见（可不填，写入每一项）", "Opinion (optional, in each)")),
                      textarea(name("text"), attr("rows", 2), attr("maxlength", 1300))),
                p(each(labels, [&](auto const& entry) {
                  return group(button(type("submit"), cls("primary"), name("type"), value(entry.first),
                                      t(entry.second)),
                               " ");
                }))));
}

BatchReview batch_in(Request const& request) {
  BatchReview batch{request.field("type"), request.field("text"), {}};
  std::string const prefix = batch.type + ".";
  for (auto entry = request.form.lower_bound(prefix);
       entry != request.form.end() && entry->first.starts_with(prefix); ++entry)
    batch.items.push_back({ItemId{whole_number(entry->first.substr(prefix.size())).value_or(0)},
                           whole_number(entry->second).value_or(0)});
  return batch;
}

Flash told(Say const& t, std::vector<BatchOutcome> const& outcomes) {
  std::string refused;
  std::size_t done = 0;
  for (BatchOutcome const& outcome : outcomes) {
    if (outcome.decided) {
      ++done;
      continue;
    }
    refused += std::string(t("；事项 ", "; item ")) + std::to_string(outcome.item.value()) +
               std::string(t("：", ": ")) + in(t.language(), outcome.decided.error().first().detail);
  }
  std::string const count = std::to_string(done);
  return {done < outcomes.size(), (t.english() ? count + " decided" : "已办理 " + count + " 项") + refused};
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
    return duty_row(visit, one, now, group(claim(visit, *reader, one.standing->item), choice(visit, one)));
  });
  return page(
      visit, head,
      group(h1(t("审核", "Reviews"), " ", waiting.items.size()),
            p(cls("hint"),
              t("点开事项对照佐证材料后决定；退回须写明缺什么。",
                "Open an item and hold the claim against its evidence; a return says what is missing.")),
            section(cls("sheet"), id("reviews"), data("live", ""), ul(cls("duties"), rows)),
            batch_form(visit, waiting)));
}

}  // namespace

void add_reviews_page(Router& router, Application& application) {
  add_page(router, application, "/reviews", reviews);
  router.add(
      "POST", "/reviews", Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        BatchReview batch = batch_in(*request);
        Say const t(request->language);
        if (auto const fine = check_batch(batch); !fine)
          return respond(see_other_with("/reviews", {true, in(t.language(), fine.error().first().detail)}));
        // The same form sent twice is one decision for each.
        std::string const key =
            "batch/" + std::to_string(std::hash<std::string>{}(batch.type + "\n" + batch.text));
        review_batch(application, std::move(batch), request->visitor->username, key,
                     [request, respond](std::vector<BatchOutcome> const& outcomes) {
                       respond(see_other_with("/reviews", told(Say(request->language), outcomes)));
                     });
      });
}

}  // namespace xiaohao::web::pages
