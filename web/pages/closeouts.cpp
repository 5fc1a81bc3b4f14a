// `/closeouts`: what has been crossed off, by whose word, and its record to take away.

#include <algorithm>

#include "web/found_items.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr int rows_shown_max = 500;

Html closed_row(Visit const& visit, WorkItem const& item) {
  Say const& t = visit.t;
  ItemDefinition const& definition = item.definition;
  ItemStatus const& status = item.status;
  std::string const record = "/api/v1/items/" + std::to_string(item.id().value()) + "/closeout-record";
  return tr(
      td(cls("number"), data("label", t("序号", "No.")), definition.number),
      td(data("label", t("事项", "Item")), item_link(item), " ",
         span(cls("tag"), kind_name(t, definition.kind))),
      td(data("label", t("责任单位", "Unit")),
         when(definition.unit.has_value(), [&] { return unit_link(visit, *definition.unit); })),
      td(data("label", t("时限", "Due")),
         when(status.due.has_value(), [&] { return day_mark(t, *status.due, definition.plan.value()); })),
      td(data("label", t("销号时间", "Closed")),
         when(status.closed_at.has_value(), [&] { return span(moment(t, *status.closed_at)); })),
      td(data("label", t("退回", "Returns")), status.returns, t(" 次", "")),
      td(data("label", t("销号记录", "Record")),
         a(href(item_path(item.id()) + "/closeout-record"), t("打印页", "Page")), " ",
         a(href(record), attr("download", "closeout-" + std::to_string(item.id().value()) + ".json"),
           "JSON")));
}

Result<Response> closeouts(Visit const& visit) {
  Say const& t = visit.t;
  PageHead const head{.title = {"销号记录", "Close-outs"}, .section = "/closeouts", .live = true};
  std::shared_ptr<decision::Board const> const board = visit.board();
  std::vector<WorkItem> closed;
  if (board) {
    ItemQuery query;
    query.filter.plan = board->plan.year;
    query.filter.open = false;
    closed = find_items(visit.application, visit.me->username, std::move(query), rows_shown_max,
                        [](WorkItem const& item) { return item.status.closed; })
                 .items;
    std::stable_sort(closed.begin(), closed.end(), [](WorkItem const& a, WorkItem const& b) {
      return a.status.closed_at.value_or(Instant{}) > b.status.closed_at.value_or(Instant{});
    });
  }
  Html const how = p(cls("hint"), a(href("/reinspections"), t("回头看抽查", "Reinspections")), " · ",
                     t("每份记录都可离线核验：", "Each record can be checked without this server: "),
                     code("xiaohao verify-record FILE"));
  if (closed.empty())
    return page(visit, head,
                group(h1(t("销号记录", "Close-outs")),
                      p(cls("lead"), t("还没有销号的事项。", "Nothing has been closed yet.")), how));
  return page(
      visit, head,
      group(div(cls("heading"), h1(t("销号记录", "Close-outs"), " ", closed.size())), how,
            div(cls("table-frame"), id("closeouts"), data("live", ""),
                table(cls("cards"),
                      thead(tr(th(cls("number"), t("序号", "No.")), th(t("事项", "Item")),
                               th(t("责任单位", "Unit")), th(t("时限", "Due")), th(t("销号时间", "Closed")),
                               th(t("退回", "Returns")), th(t("销号记录", "Record")))),
                      tbody(each(closed, [&](WorkItem const& item) { return closed_row(visit, item); }))))));
}

}  // namespace

void add_closeouts_page(Router& router, Application& application) {
  add_page(router, application, "/closeouts", closeouts);
}

}  // namespace xiaohao::web::pages
