// What a reviewer decides on: what the unit claims, in its own words, beside what it handed in.

#include <algorithm>

#include "engine/unfinished.hpp"
#include "web/batch_review.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

JournalEntry const* last_of(ItemView const& view, std::initializer_list<std::string_view> types) {
  for (auto entry = view.history.rbegin(); entry != view.history.rend(); ++entry)
    if (std::find(types.begin(), types.end(), entry->type) != types.end()) return &*entry;
  return nullptr;
}

Html said(ItemView const& view, JournalEntry const* entry, std::string_view title) {
  if (!entry) return {};
  Say const& t = view.t();
  std::string const words = words_of(*entry);
  return group(h3(title), when(!words.empty(), [&] { return element("blockquote", {words}); }),
               p(cls("hint"), actor_name(view.visit, entry->actor), " · ", moment(t, entry->at)));
}

/// Each figure of the plan with what was reported last.
Html figures(ItemView const& view) {
  Say const& t = view.t();
  auto const reported = reported_figures(view.history);
  Html lines;
  for (Indicator const& indicator : view.item.definition.indicators) {
    auto const value = reported.find(indicator.name);
    lines += li(indicator.name, " ", indicator.comparison, " ", indicator.target, " ", indicator.unit,
                t("，已报 ", ", reported "),
                value != reported.end() ? strong(value->second) : span(t("无", "none")));
  }
  return when(!lines.empty(), [&] { return group(h3(t("指标", "Figures")), ul(lines)); });
}

}  // namespace

bool is_reviewer(ItemView const& view) {
  auto const& types = batch_review_types();
  return view.item.status.applied_at && view.shows_history && view.shows_evidence &&
         std::any_of(types.begin(), types.end(), [&](std::string const& type) { return view.action(type); });
}

Html claim_section(ItemView const& view) {
  Say const& t = view.t();
  int const returns = view.item.status.returns;
  return section(
      cls("sheet claim"), id("claim"), data("live", ""), h2(t("申请", "The claim")),
      said(view, last_of(view, {"closeout.apply", "complete"}), t("申请说明", "Application")),
      said(view, last_of(view, {"report"}), t("最近反馈", "Last report")), figures(view),
      said(view, returns > 0 ? last_of(view, {"closeout.return", "closeout.reject", "return"}) : nullptr,
           t("上次退回", "Returned before")),
      when(returns > 1,
           [&] { return p(cls("hint"), t("共退回 ", "Returned "), returns, t(" 次", " times")); }));
}

Html verified_by(ItemView const& view) {
  JournalEntry const* const entry = last_of(view, {"closeout.verify"});
  if (!entry) return {};
  Say const& t = view.t();
  Username const& me = view.visit.me->username;
  bool const mine = entry->actor.username == me || entry->actor.on_behalf_of == me;
  return div(cls(mine ? "message warning" : "hint"), t("原核查人：", "Verified by: "),
             actor_name(view.visit, entry->actor), when(mine, [&] {
               return p(t("本事项由您核查，宜请他人回头看。",
                          "You verified it yourself; another should look again."));
             }));
}

}  // namespace xiaohao::web::pages
