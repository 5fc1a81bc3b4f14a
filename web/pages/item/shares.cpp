// A task's shares and dated parts.

#include <algorithm>

#include "web/found_items.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

struct Child {
  WorkItem const* item;
  decision::Light light;
};

Html row(ItemView const& view, Child const& child) {
  Say const& t = view.t();
  ItemDefinition const& definition = child.item->definition;
  bool const is_share = definition.kind == ItemKind::Assignment && definition.unit;
  auto const& due = child.item->status.due;
  return tr(
      td(cls("lamp"), light_mark(t, child.light)),
      td(cls("title"),
         a(href(item_path(child.item->id())),
           is_share ? view.visit.unit_name(*definition.unit) : definition.title),
         span(cls("tag"), definition.role ? role_name(t, *definition.role) : kind_name(t, definition.kind))),
      td(data("label", t("状态", "State")),
         state_name(t, view.visit.application.engine.rules(), child.item->status)),
      td(data("label", t("时限", "Due")),
         when(due.has_value(), [&] { return day_mark(t, *due, view.year()); })),
      td(data("label", t("进度", "Progress")), progress_bar(t, child.item->status.progress)));
}

Html table_of(ItemView const& view, std::vector<Child> const& children) {
  Say const& t = view.t();
  return div(cls("table-frame"),
             table(cls("cards shares"),
                   thead(tr(th(t("灯", "Light")), th(t("谁", "Whose")), th(t("状态", "State")),
                            th(t("时限", "Due")), th(t("进度", "Progress")))),
                   tbody(each(children, [&](Child const& child) { return row(view, child); }))));
}

}  // namespace

Html shares_section(ItemView const& view) {
  Say const& t = view.t();
  if (view.children.empty()) return {};
  std::vector<Child> shares, parts;
  decision::LightCounts counts;
  int closed = 0;
  for (WorkItem const& child : view.children) {
    Child const one{&child, light_of_item(view.visit.application, child).light};
    bool const is_share = child.definition.kind == ItemKind::Assignment;
    (is_share ? shares : parts).push_back(one);
    if (!is_share) continue;
    counts.add(one.light);
    closed += child.status.closed ? 1 : 0;
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](Child const& left, Child const& right) { return left.light > right.light; });
  return group(when(!shares.empty(),
                    [&] {
                      return section(cls("sheet"), id("shares"), data("live", ""),
                                     div(cls("heading"), h2(t("责任分解", "Shares")),
                                         span(strong(closed, "/", shares.size()), t(" 已销号", " closed")),
                                         light_counts(t, counts)),
                                     table_of(view, shares));
                    }),
               when(!parts.empty(), [&] {
                 return section(cls("sheet"), id("parts"), data("live", ""), h2(t("节点", "Milestones")),
                                table_of(view, parts));
               }));
}

}  // namespace xiaohao::web::pages
