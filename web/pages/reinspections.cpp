// `/reinspections`: which closed items are looked at again 回头看, how they were drawn, and what was found.

#include "web/reinspections.hpp"

#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/reinspections";
constexpr int days_to_look = 30;

Html state_mark(Say const& t, DrawnState state) {
  switch (state) {
    case DrawnState::Stands:
      return span(cls("tag"), t("巩固", "stands"));
    case DrawnState::Reopened:
      return span(cls("tag"), t("重新整改", "reopened"));
    case DrawnState::Waiting:
      break;
  }
  return span(cls("tag"), t("待核查", "to be looked at"));
}

Html drawn_row(Visit const& visit, store::Reader const& reader, Drawn const& drawn) {
  auto const item = reader.item(drawn.item);
  if (!item) return {};
  auto const& unit = item->definition.unit;
  return li(item_link(*item), " ",
            when(unit.has_value(), [&] { return span(cls("whose"), visit.unit_name(*unit)); }), " ",
            state_mark(visit.t, state_of(reader, drawn)));
}

Html draw_section(Visit const& visit, store::Reader const& reader, Draw const& draw) {
  Say const& t = visit.t;
  return section(
      cls("sheet"), id("draw-" + std::to_string(draw.index)),
      h2(t("抽查批次 ", "Draw "), draw.index, " · ",
         draw.wish.by_risk ? t("按风险", "by risk") : t("随机", "by chance"), " · ", draw.chosen.size(),
         t(" 项，共 ", " of "), draw.population.size(), t(" 项", "")),
      p(cls("hint"), person_name(visit, draw.drawn_by), " · ", moment(t, draw.drawn_at), " · ",
        t("须于 ", "to be looked at by "), day_mark(t, draw.wish.until, draw.wish.plan.value()),
        t(" 前完成", "")),
      ol(each(draw.chosen, [&](Drawn const& drawn) { return drawn_row(visit, reader, drawn); })),
      details(summary(t("种子", "Seed")),
              p(cls("hint"), t("抽查前一刻的日志树根，谁都可以据此重算。",
                               "The journal's root just before; anybody can repeat the draw with it.")),
              p(code(draw.seed))));
}

Html draw_form(Visit const& visit, PlanYear plan, std::size_t waiting) {
  Say const& t = visit.t;
  Date const until = add_days(local_date(visit.application.engine.now()), days_to_look);
  auto const field = [](std::string_view words, Html const& control) { return label(span(words), control); };
  return section(cls("sheet"), h2(t("新的抽查", "A new draw")),
                 p(t("上次抽查以来销号 ", "Closed since the last draw: "), strong(waiting), t(" 项。", ".")),
                 when(waiting > 0, [&] {
                   return post_form(
                       visit, path, cls("stacked"),
                       input(type("hidden"), name("plan"), value(std::to_string(plan.value()))),
                       field(t("抽查比例（%）", "Share (%)"),
                             input(type("number"), cls("percent"), name("share_percent"), value("20"),
                                   attr("min", 1), attr("max", 100), flag("required"))),
                       field(t("方式", "How"),
                             select(name("by"), option(value("chance"), t("随机", "by chance")),
                                    option(value("risk"),
                                           t("按风险（退回、延期、逾期、重新整改多的优先）",
                                             "the riskiest first (returned, extended, late, reopened)")))),
                       field(t("完成日期", "To be looked at by"),
                             input(type("date"), name("until"), value(to_string(until)), flag("required"))),
                       button(type("submit"), cls("primary"), t("抽取", "Draw")));
                 }));
}

Result<Response> reinspections(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_draws(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  auto const reader = visit.application.engine.store().read();
  auto const all = draws(*reader);
  auto const board = visit.board();
  Html form_ = when(board && visit.may("reinspection.draw"), [&] {
    PlanYear const year = board->plan.year;
    return draw_form(visit, year, waiting_for_draw(*reader, year).size());
  });
  return page(
      visit, {.title = {"回头看抽查", "Reinspections"}, .section = "/closeouts"},
      group(h1(t("回头看抽查", "Reinspections")),
            p(cls("lead"),
              t("销号之后抽一部分再看：是否巩固，是否反弹。种子在销号之后才产生，谁也不能预知抽到哪一项。",
                "Of what was closed a part is looked at again. The seed comes to be after the close-outs, so "
                "nobody knows "
                "what will be drawn.")),
            p(a(href("/closeouts"), t("返回销号记录", "Back to the close-outs"))), form_,
            all.empty() ? p(t("还没有抽查。", "No draw yet.")) : group(each(all, [&](Draw const& draw) {
              return draw_section(visit, *reader, draw);
            }))));
}

Result<DrawWish> wish_in(Request const& request) {
  DrawWish wish;
  wish.plan = PlanYear{static_cast<int>(whole_number(request.field("plan")).value_or(0))};
  wish.share_percent = static_cast<int>(whole_number(request.field("share_percent")).value_or(0));
  wish.by_risk = request.field("by") == "risk";
  auto const until = parse_date(request.field("until"));
  if (!until)
    return refuse(Reason::Malformed, "/until", {"请填写完成日期", "a date is needed, as 2024-03-15"});
  wish.until = *until;
  return wish;
}

}  // namespace

void add_reinspections_page(Router& router, Application& application) {
  add_page(router, application, path, reinspections);
  router.add("POST", path, Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto const back = [request, respond](Result<Draw> const& draw) {
                 Say const t(request->language);
                 respond(see_other_with(
                     path, draw ? Flash{false, std::string(t("已抽取", "Drawn"))}
                                : Flash{true, in(request->language, draw.error().first().detail)}));
               };
               Result<DrawWish> const wish = wish_in(*request);
               if (!wish) return back(tl::unexpected(wish.error()));
               draw_reinspections(application, *wish, request->visitor->username, back);
             });
}

}  // namespace xiaohao::web::pages
