// /items and /items.csv: everything of the plan, filtered.

#include "web/csv.hpp"
#include "web/found_items.hpp"
#include "web/pages/item_filters.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using Choices = std::map<std::string, std::string>;

constexpr int csv_rows_max = 100'000;

/// What is asked for. Whoever asks for nothing sees the rows of the checklist.
struct Asked {
  Choices query;
  ItemQuery items;
  int limit = 50;
  std::vector<Fault> faults;
};

Asked read_asked(Visit const& visit) {
  Asked asked;
  Request request = visit.request;
  if (request.query.empty()) request.query["kind"] = "Task";
  asked.query = request.query;
  api::Query query(request);
  asked.items = read_item_query(query, visit.application.engine.rules());
  asked.limit = query.limit();
  if (auto finished = query.finish(); !finished) asked.faults = finished.error().faults;
  if (!asked.items.filter.plan)
    if (auto const board = visit.board()) asked.items.filter.plan = board->plan.year;
  return asked;
}

/// An item with what the board knows of it.
struct Row {
  WorkItem const& item;
  decision::Light light;
  BasisPoints progress;
  std::string due_words;
  std::shared_ptr<decision::Board const> board;
  decision::Standing const* standing;
};

Row row_of(Visit const& visit, WorkItem const& item) {
  auto board = visit.application.boards.current(item.definition.plan);
  decision::Standing const* const standing = board ? board->find(item.id()) : nullptr;
  return {item,
          standing ? standing->light.light : light_of_item(visit.application, item).light,
          standing ? standing->progress : item.status.progress,
          standing ? due_in_words(visit.t, *standing, board->at) : std::string{},
          std::move(board),
          standing};
}

Html due_cell(Visit const& visit, Row const& row) {
  ItemDefinition const& definition = row.item.definition;
  auto const& due = row.item.status.due;
  return td(cls("due"),
            div(when(due.has_value(), [&] { return day_mark(visit.t, *due, definition.plan.value()); }),
                when(!due.has_value(), visit.t("未定", "open")),
                when(definition.schedule.due && due && *due != *definition.schedule.due,
                     [&] {
                       return small(visit.t(" 延期，原 ", " extended from "),
                                    day_mark(visit.t, *definition.schedule.due, definition.plan.value()));
                     }),
                when(!row.due_words.empty(), [&] {
                  return small(cls(row.light == decision::Light::Red ? "late" : ""), row.due_words);
                })));
}

/// Who answers for it: one unit, or for a task as many as it was split among.
Html unit_cell(Visit const& visit, Row const& row) {
  ItemDefinition const& definition = row.item.definition;
  Html content;
  if (definition.unit) {
    content = group(unit_link(visit, *definition.unit), when(definition.role.has_value(), [&] {
                      return span(cls("tag"), role_name(visit.t, *definition.role));
                    }));
  } else {
    std::string_view before;
    for (NamedUnit const& named : definition.named_units) {
      if (named.as_written == before) continue;  // one entry of the document that was read as two
      before = named.as_written;
      content += group(when(!content.empty(), visit.t("、", ", ")), named.as_written,
                       when(!named.members_known,
                            [&] { return span(cls("tag doubt"), visit.t("成员待定", "members unknown")); }));
    }
  }
  return td(cls("whose"), content);
}

Html share_line(Visit const& visit, decision::Standing const& share) {
  Say const& t = visit.t;
  ItemDefinition const& definition = share.item.definition;
  bool const is_share = definition.kind == ItemKind::Assignment;
  return li(light_mark(t, share.light.light),
            span(cls("share-name"),
                 a(href(item_path(share.item.id())),
                   is_share && definition.unit ? visit.unit_name(*definition.unit) : definition.title),
                 span(cls("tag"), is_share && definition.role ? role_name(t, *definition.role)
                                                              : kind_name(t, definition.kind))),
            span(state_name(t, visit.application.engine.rules(), share.item.status)),
            progress_bar(t, share.progress));
}

Html shares(Visit const& visit, Row const& row) {
  Say const& t = visit.t;
  if (!row.standing || row.standing->children.empty()) return {};
  decision::LightCounts counts;
  Html lines;
  for (ItemId const id_ : row.standing->children) {
    decision::Standing const* const child = row.board->find(id_);
    if (!child || !may_read(visit.application, visit.me->username, "item", child->item)) continue;
    counts.add(child->light.light);
    lines += share_line(visit, *child);
  }
  return tr(cls("shares-row"),
            td(attr("colspan", 7),
               details(cls("shares"), id("shares-" + std::to_string(row.item.id().value())),
                       summary(span(cls("counted"), span(counts.total(), t(" 个部分", " parts")),
                                    light_counts(t, counts))),
                       ul(cls("share-list"), lines))));
}

Html item_row(Visit const& visit, Row const& row) {
  Say const& t = visit.t;
  ItemDefinition const& definition = row.item.definition;
  Html const main_row =
      tr(td(cls("number"), definition.number),
         td(cls("title"), item_link(row.item),
            when(definition.kind != ItemKind::Task && definition.kind != ItemKind::Assignment,
                 [&] { return span(cls("tag"), kind_name(t, definition.kind)); }),
            when(!definition.doubts.empty(),
                 [&] { return span(cls("tag doubt"), t("存疑 ", "doubts "), definition.doubts.size()); })),
         unit_cell(visit, row), due_cell(visit, row),
         td(cls("state"), state_name(t, visit.application.engine.rules(), row.item.status)),
         td(cls("lamp"), light_mark(t, row.light)), td(cls("done"), progress_bar(t, row.progress)));
  return group(main_row, shares(visit, row));
}

Html item_table(Visit const& visit, std::vector<WorkItem> const& items) {
  Say const& t = visit.t;
  return div(
      cls("table-frame"),
      table(cls("cards items"),
            thead(tr(th(cls("number"), t("序号", "No.")), th(t("事项", "Item")), th(t("责任单位", "Unit")),
                     th(t("时限", "Due")), th(t("状态", "State")), th(t("灯", "Light")),
                     th(t("进度", "Progress")))),
            tbody(each(items, [&](WorkItem const& item) { return item_row(visit, row_of(visit, item)); }))));
}

Html faults_message(Visit const& visit, std::vector<Fault> const& faults) {
  return div(cls("message error"), attr("role", "alert"), ul(each(faults, [&](Fault const& fault) {
               return li(code(fault.pointer), " ", visit.t(fault.detail));
             })));
}

std::string csv_path(Visit const& visit, Choices const& query) {
  Request as_csv = visit.request;
  as_csv.path = "/items.csv";
  as_csv.query = query;
  return address_with(as_csv, {{"cursor", ""}, {"limit", ""}});
}

Response show_items(Visit const& visit) {
  Say const& t = visit.t;
  Asked const asked = read_asked(visit);
  PageHead head{.title = {"事项", "Items"}, .section = "/items", .live = true};
  Html const filters = item_filters(visit, asked.query);
  if (!asked.faults.empty()) {
    head.status = 400;
    return page(visit, head, group(h1(t("事项", "Items")), faults_message(visit, asked.faults), filters));
  }
  // All that match are counted; one page of them is shown.
  ItemQuery all = asked.items;
  all.filter.after.reset();
  FoundItems const matching = find_items(visit.application, visit.me->username, all, csv_rows_max);
  FoundItems const shown = find_items(visit.application, visit.me->username, asked.items, asked.limit);
  decision::LightCounts counts;
  for (WorkItem const& item : matching.items) counts.add(row_of(visit, item).light);
  bool const is_first = !asked.query.contains("cursor");
  Html const pages =
      nav(cls("pages"), attr("aria-label", t("翻页", "Pages")),
          when(!is_first,
               [&] {
                 return a(cls("button"), href(address_with(visit.request, {{"cursor", ""}})),
                          t("回到开头", "Back to the first"));
               }),
          when(shown.next.has_value(), [&] {
            Request here = visit.request;
            here.query = asked.query;
            return a(cls("button"), href(address_with(here, {{"cursor", *shown.next}})), t("下一页", "Next"));
          }));
  return page(
      visit, head,
      group(
          div(cls("heading"), h1(t("事项", "Items")),
              span(cls("counted"), span(strong(counts.total()), t(" 项", " items")), light_counts(t, counts)),
              a(cls("aside no-print"), href(csv_path(visit, asked.query)), t("导出 CSV", "Export CSV"))),
          filters, chosen_filters(visit, asked.query),
          div(id("items"), data("live", ""),
              shown.items.empty() ? p(cls("lead"), t("没有符合条件的事项。", "No item matches."))
                                  : item_table(visit, shown.items),
              pages)));
}

std::string text_of(std::optional<Date> const& date) { return date ? to_string(*date) : ""; }

Result<Response> show_csv(Visit const& visit) {
  Say const& t = visit.t;
  Asked const asked = read_asked(visit);
  if (!asked.faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, asked.faults});
  auto const head = [&](std::string_view zh, std::string_view en) { return std::string(t(zh, en)); };
  Csv csv({head("编号", "ID"), head("序号", "No."), head("类别", "Kind"), head("事项", "Item"),
           head("工作内容", "Content"), head("责任单位", "Unit"), head("牵头/配合", "Role"),
           head("攻势", "Campaign"), head("时限（原文）", "Deadline as written"),
           head("原定时限", "Original due"), head("现时限", "Due"), head("状态", "State"),
           head("灯", "Light"), head("进度", "Progress"), head("逾期天数", "Days overdue"),
           head("销号日期", "Closed on"), head("存疑", "Doubts")});
  FoundItems const found = find_items(visit.application, visit.me->username, asked.items, csv_rows_max);
  for (WorkItem const& item : found.items) {
    Row const row = row_of(visit, item);
    ItemDefinition const& definition = item.definition;
    std::string units, campaigns, doubts;
    auto const append = [](std::string& list, std::string_view words, std::string_view between) {
      if (!list.empty()) list += between;
      list += words;
    };
    if (definition.unit) units = visit.unit_name(*definition.unit);
    for (NamedUnit const& named : definition.named_units) append(units, named.as_written, "、");
    for (std::string const& campaign : definition.campaigns) append(campaigns, campaign, "、");
    for (Text const& doubt : definition.doubts) append(doubts, t(doubt), "\n");
    csv.row({std::to_string(item.id().value()), std::to_string(definition.number),
             std::string(kind_name(t, definition.kind)), definition.title, definition.content, units,
             definition.role ? std::string(role_name(t, *definition.role)) : "", campaigns,
             definition.schedule.phrase, text_of(definition.schedule.due), text_of(item.status.due),
             state_name(t, visit.application.engine.rules(), item.status),
             std::string(light_word(t, row.light)), percent(row.progress),
             std::to_string(decision::days_overdue(item, visit.application.engine.now())),
             item.status.closed_at ? to_string(local_date(*item.status.closed_at)) : "", doubts});
  }
  return csv_response(csv, "items");
}

}  // namespace

void add_items_page(Router& router, Application& application) {
  add_page(router, application, "/items",
           [](Visit const& visit) -> Result<Response> { return show_items(visit); });
  add_page(router, application, "/items.csv", show_csv);
}

}  // namespace xiaohao::web::pages
