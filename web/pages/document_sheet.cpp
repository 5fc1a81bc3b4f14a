#include "web/pages/document_sheet.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using Json = nlohmann::json;

std::string text_at(Json const& object, char const* name_) {
  auto const found = object.find(name_);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// 2024年6月3日: Arabic figures, no leading zeros (GB/T 9704-2012, 7.3.5.4).
std::string day_in_full(Date date) {
  return std::to_string(static_cast<int>(date.year())) + "年" +
         std::to_string(static_cast<unsigned>(date.month())) + "月" +
         std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string day_in_full(std::string const& date) {
  auto const parsed = parse_date(date);
  return parsed ? day_in_full(*parsed) : "";
}

std::string title_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::Order:
      return "督 办 单";
    case DocumentKind::Bulletin:
      return "督 办 通 报";
    case DocumentKind::Summons:
      return "约 谈 通 知";
  }
  return "";
}

Html head_of(FormalDocument const& document) {
  if (document.id == 0) return group(p(cls("draft-mark"), "送审稿"), h1(title_of(document.kind)));
  return group(p(cls("red-head"), title_of(document.kind)), p(cls("document-number"), number_of(document)),
               div(cls("red-line")));
}

std::string unit_in(Visit const& visit, Json const& item) {
  std::string const unit = text_at(item, "unit");
  return unit.empty() ? "" : visit.unit_name(UnitId{unit});
}

Html item_rows(Visit const& visit, FormalDocument const& document) {
  Say const chinese(Language::Chinese);
  bool const of_all = document.kind == DocumentKind::Bulletin;
  return table(
      thead(tr(th("序号"), th("事项"), when(of_all, [] { return th("责任单位"); }), th("原定时限"),
               th("现时限"), th("进度"), th("超期（天）"), th("督办")),
            tbody(each(document.content.at("items"), [&](Json const& item) {
              int const late = item.value("days_late", 0);
              return tr(td(cls("number"), item.value("number", 0)), td(text_at(item, "title")),
                        when(of_all, [&] { return td(unit_in(visit, item)); }),
                        td(day_in_full(text_at(item, "original_due"))), td(day_in_full(text_at(item, "due"))),
                        td(cls("number"), percent(item.value("progress", BasisPoints{0}))),
                        td(cls("number"), late > 0 ? std::to_string(late) : "—"),
                        td(step_name(chinese, text_at(item, "step")), " ", item.value("times", 1), " 次"));
            }))));
}

Html fact(std::string_view name_, Html const& what) {
  return when(!what.empty(), [&] { return p(strong(name_, "："), what); });
}
Html written(std::string const& words) { return words.empty() ? Html{} : group(words); }

bool is_late(Json const& content) {
  Json const& items = content.at("items");
  return std::any_of(items.begin(), items.end(),
                     [](Json const& item) { return item.value("days_late", 0) > 0; });
}

Html opening(Visit const& visit, FormalDocument const& document) {
  Json const& content = document.content;
  std::string const count = std::to_string(content.at("items").size());
  std::string const plan = "《" + text_at(content, "plan") + "》";
  if (document.kind == DocumentKind::Bulletin) {
    Json const counts = content.value("counts", Json::object());
    return group(p(cls("addressee"), "各责任单位："),
                 p(plan, "共分解任务 ", counts.value("shares", 0), " 项，已销号 ", counts.value("closed", 0),
                   " 项，逾期 ", counts.value("late", 0), " 项。下列 ", count, " 项进展滞后，予以通报。"));
  }
  return group(p(cls("addressee"), visit.unit_name(*document.unit), "："),
               p("你单位承担的", plan, "中下列 ", count, " 项任务，",
                 document.kind == DocumentKind::Summons ? "连续滞后，请单位主要负责人按时到会接受约谈。"
                 : is_late(content)                     ? "未按时限完成，现予督办。"
                                                        : "进展滞后，现予督办。"));
}

Html receipt() {
  return section(
      cls("receipt"), h2("回执"),
      table(tbody(tr(th("签收人"), td(), th("时间"), td()), tr(th("措施"), td(attr("colspan", "3"))),
                  tr(th("预计完成"), td(attr("colspan", "3"))))));
}

}  // namespace

std::string_view document_kind_name(Say const& t, DocumentKind kind) {
  switch (kind) {
    case DocumentKind::Order:
      return t("督办单", "Supervision order");
    case DocumentKind::Bulletin:
      return t("通报", "Bulletin");
    case DocumentKind::Summons:
      return t("约谈通知", "Summons");
  }
  return "";
}

Html document_sheet(Visit const& visit, FormalDocument const& document) {
  Json const& content = document.content;
  std::string const copy = text_at(content, "copy");
  bool const is_draft = document.id == 0;
  return article(cls(is_draft ? "formal-document draft" : "formal-document"), attr("lang", "zh"),
                 head_of(document), opening(visit, document), item_rows(visit, document),
                 fact("督办要求", written(text_at(content, "demands"))),
                 fact("时间地点", written(text_at(content, "meeting"))),
                 fact("反馈时限", written(day_in_full(text_at(content, "reply_by")))),
                 fact("抄送", written(copy.empty() ? "" : person_name(visit, Username{copy}))),
                 fact("联系人", written(text_at(content, "contact"))),
                 when(!is_draft,
                      [&] {
                        return div(cls("signed"), p("签发人：", person_name(visit, document.signed_by)),
                                   p(day_in_full(local_date(document.signed_at))));
                      }),
                 when(document.kind == DocumentKind::Order, [] { return receipt(); }));
}

}  // namespace xiaohao::web::pages
