// `/extensions`: who asks for more time, and how punctual everybody is: on time, on time after an extension,
// late.

#include "engine/decision/timeliness.hpp"
#include "web/csv.hpp"
#include "web/found_items.hpp"
#include "web/pages/duties.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using decision::TimelinessCounts;

constexpr int asked_shown_max = 500;

struct Column {
  int TimelinessCounts::*count;
  char const *zh, *en;
};
constexpr Column columns[] = {
    {&TimelinessCounts::on_time, "按期", "On time"},
    {&TimelinessCounts::on_time_after_extension, "延期后按期", "On time after an extension"},
    {&TimelinessCounts::late, "逾期", "Late"},
    {&TimelinessCounts::open_overdue, "逾期未办结", "Open and overdue"},
};

Html counts_row(Say const& t, Html const& whose, TimelinessCounts const& counts) {
  return tr(th(attr("scope", "row"), data("label", t("单位", "Unit")), whose),
            each(columns, [&](Column const& column) {
              return td(cls("number"), data("label", t(column.zh, column.en)), counts.*column.count);
            }));
}

Html statistics(Visit const& visit, decision::Board const& board) {
  Say const& t = visit.t;
  decision::TimelinessTable const table_ = decision::timeliness(board);
  return section(
      cls("sheet"), id("timeliness"), data("live", ""), h2(t("时效统计", "Punctuality")),
      p(cls("hint"),
        t("以销号申请日计：按原定时限、按批准的新时限、逾期，三类不合并；终止和没有确切时限的不计。",
          "By the day of the application that led to the close-out; the three are never merged. What was "
          "cancelled or has no "
          "certain date does not count."),
        " ", a(href("/extensions.csv"), t("下载 CSV", "CSV"))),
      table(cls("cards"),
            thead(tr(th(t("单位", "Unit")),
                     each(columns,
                          [&](Column const& column) { return th(cls("number"), t(column.zh, column.en)); }))),
            tbody(counts_row(t, Html(strong(t("全县", "County"))), table_.all),
                  each(table_.units, [&](auto const& entry) {
                    return counts_row(t, unit_link(visit, entry.first), entry.second);
                  }))));
}

std::vector<WorkItem> asked(Visit const& visit, decision::Board const& board) {
  ItemQuery query;
  query.filter.plan = board.plan.year;
  query.filter.open = true;
  return find_items(visit.application, visit.me->username, std::move(query), asked_shown_max,
                    [](WorkItem const& item) { return item.status.requested_due.has_value(); })
      .items;
}

Html asked_row(Visit const& visit, store::Reader const& reader, WorkItem const& item) {
  Say const& t = visit.t;
  int const year = item.definition.plan.value();
  auto const words = last_said(reader, item.id(), {"extension.request"});
  return li(
      cls("notice"),
      div(item_link(item), when(item.definition.unit.has_value(),
                                [&] { return group(" · ", unit_link(visit, *item.definition.unit)); })),
      p(when(item.status.due.has_value(), [&] { return group(day_mark(t, *item.status.due, year), " → "); }),
        strong(day_mark(t, *item.status.requested_due, year)),
        when(item.status.extensions > 0,
             [&] {
               return group(" · ", t("已延期 ", "extended before: "), item.status.extensions, t(" 次", ""));
             })),
      when(words.has_value(), [&] {
        return group(p(cls("words"), words->words),
                     p(cls("hint"), person_name(visit, words->by), " · ", moment(t, words->at)));
      }));
}

Result<Response> extensions(Visit const& visit) {
  Say const& t = visit.t;
  auto const board = visit.board();
  if (!board)
    return page(visit, {.title = {"延期", "Extensions"}, .section = "/items"}, h1(t("延期", "Extensions")));
  auto const reader = visit.application.engine.store().read();
  std::vector<WorkItem> const waiting = asked(visit, *board);
  return page(visit, {.title = {"延期", "Extensions"}, .section = "/items", .live = true},
              group(h1(t("延期", "Extensions")),
                    section(cls("sheet"), id("asked"), data("live", ""),
                            h2(t("待批", "Not answered yet"), " ", waiting.size()),
                            waiting.empty() ? p(t("没有待批的延期申请。", "Nobody waits for an answer."))
                                            : ul(cls("notices"), each(waiting,
                                                                      [&](WorkItem const& item) {
                                                                        return asked_row(visit, *reader,
                                                                                         item);
                                                                      }))),
                    statistics(visit, *board)));
}

Result<Response> statistics_csv(Visit const& visit) {
  Say const& t = visit.t;
  std::vector<std::string> heads{std::string(t("单位", "Unit"))};
  for (Column const& column : columns) heads.emplace_back(t(column.zh, column.en));
  Csv csv(heads);
  auto const board = visit.board();
  if (board)
    for (auto const& [unit, counts] : decision::timeliness(*board).units) {
      std::vector<std::string> cells{visit.unit_name(unit)};
      for (Column const& column : columns) cells.push_back(std::to_string(counts.*column.count));
      csv.row(cells);
    }
  return csv_response(csv, "extensions");
}

}  // namespace

void add_extensions_page(Router& router, Application& application) {
  add_page(router, application, "/extensions", extensions);
  add_page(router, application, "/extensions.csv", statistics_csv);
}

}  // namespace xiaohao::web::pages
