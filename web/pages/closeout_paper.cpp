// /items/{id}/closeout-record: the close-out record made to be printed. Whoever holds the paper can tell
// later, by its code or by its QR code, whether a file is of the same events; the file proves them.
//
// Chinese first and English beside it, whatever the visitor's language is: the paper goes to others.

#include "engine/journal/base64.hpp"
#include "engine/journal/note.hpp"
#include "engine/record/paper.hpp"
#include "engine/record/texts.hpp"
#include "engine/record/verification.hpp"
#include "engine/record/words.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/qr_code.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using record::Json;

std::string text_at(Json const& object, char const* name_) {
  auto const found = object.find(name_);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Html both(std::string_view zh, std::string_view en) {
  return group(zh, " ", span(cls("english"), attr("lang", "en"), en));
}

Html row(std::string_view zh, std::string_view en, Html const& what) {
  return when(!what.empty(), [&] { return tr(th(attr("scope", "row"), both(zh, en)), td(what)); });
}

Html written(std::string_view text_) { return together({Part(text_)}); }

/// A name for whoever reads, and the user name that the record proves.
Html person(Visit const& visit, std::string const& username) {
  if (username.empty()) return {};
  std::string const name_ = person_name(visit, Username{username});
  return name_ == username ? code(username) : group(name_, " ", code(username));
}

Html person(Visit const& visit, std::optional<std::string> const& username) {
  return person(visit, username.value_or(""));
}

Html facts(ItemView const& view, record::Story const& story) {
  Json const& item = story.definition;
  std::string const unit = text_at(item, "unit"), content = text_at(item, "content");
  std::string const number = item.value("number", 0) > 0 ? std::to_string(item.value("number", 0)) : "";
  std::string const closed = story.closed_at.value_or("").substr(0, 16);
  return table(tbody(
      row("事项", "Item", group(number, number.empty() ? "" : "　", strong(text_at(item, "title")))),
      row("内容", "Content", written(content)),
      row("责任单位", "Unit",
          when(!unit.empty(), [&] { return group(view.visit.unit_name(UnitId{unit}), " ", code(unit)); })),
      row("时限", "Due", written(story.due.is_string() ? story.due.get<std::string>() : "")),
      row("申请人", "Applied", person(view.visit, story.applicant)),
      row("初审人", "First review", person(view.visit, story.first_reviewer)),
      row("核查人", "Verified by", person(view.visit, story.verifier)),
      row("销号时间", "Closed",
          closed.empty() ? Html{} : strong(closed.substr(0, 10), " ", closed.substr(11))),
      row("轮次", "Cycle", when(story.cycle > 1, [&] { return group(story.cycle); }))));
}

Html deed_row(Visit const& visit, Json const& event) {
  record::Deed const deed = record::deed_of(event);
  Html const who = deed.actor.empty() ? both("自动", "by itself")
                                      : group(person(visit, deed.actor), when(!deed.on_behalf.empty(), [&] {
                                                return group("（代 ", person(visit, deed.on_behalf), "）");
                                              }));
  return tr(td(cls("number"), event.value("index", std::int64_t{0})), td(html::time(deed.at)), td(who),
            td(both(deed.what.zh, deed.what.en),
               when(deed.closes, [] { return group("，", strong(both("销号", "closed"))); })),
            td(deed.words));
}

Html course(Visit const& visit, record::CloseOutRecord const& record) {
  return table(
      cls("course"),
      thead(tr(th(both("日志序号", "Entry")), th(both("时间", "When")), th(both("人员", "Who")),
               th(both("事项", "What")), th(both("内容", "Words")))),
      tbody(each(record::told_events(record), [&](Json const& event) { return deed_row(visit, event); })));
}

Html evidence(Json const& pieces) {
  return table(thead(tr(th(both("名称", "Name")), th(both("大小", "Size")), th("SHA-256"))),
               tbody(each(pieces, [](Json const& piece) {
                 return tr(td(piece["name"].is_null() ? erased_text : text_at(piece, "name")),
                           td(size_in_words(piece.value("size", std::int64_t{0}))),
                           td(span(cls("digits"), text_at(piece, "sha256"))));
               })));
}

Html digits(std::string const& text_) { return span(cls("digits"), text_); }

Html proof(record::CloseOutRecord const& record) {
  journal::TreeHead const& head = record.tree_head.head;
  return div(
      cls("proof"),
      table(
          tbody(row("档案码", "Record code", span(cls("code"), journal::code_of(record::digest_of(record)))),
                row("树头短码", "Head code", span(cls("code"), short_code(head))),
                row("日志", "Journal",
                    group("前 ", head.size, " 条，至 ", head.time.substr(0, 10), " ", head.time.substr(11, 5),
                          " ", span(cls("english"), "the first ", head.size, " entries"))),
                row("根", "Root", digits(journal::to_base64(head.root))),
                row("密钥指纹", "Key", digits(head.key_id)),
                row("签名", "Signature", digits(journal::to_base64(record.tree_head.signature))),
                row("算法", "Algorithms", written(journal::to_string(head.suite))))),
      qr_code(record::paper_text(record), "档案摘要与已签名的树头 Record digest and signed head"));
}

Html how_to_check() {
  return ol(
      li(both("用核验页或命令 xiaohao verify-record 打开 JSON 档案，显示“属实”，且档案码与本页一致。",
              "Open the JSON record in the verifier page, or with xiaohao verify-record: it must hold, and "
              "show the same record code as this page.")),
      li(both("扫描二维码，存为文本，用 verify-record --paper 与档案核对；用 verify --since 与日志核对。",
              "Scan the QR code into a text file: verify-record --paper holds it against a record, verify "
              "--since against the journal.")),
      li(both("密钥指纹须与另行取得的一致。此后是否重新打开，须向出具单位查询。",
              "The key must be the one known from elsewhere. Whether the item was reopened later only the "
              "journal can tell.")));
}

Html tools(Visit const& visit, ItemView const& view) {
  Say const& t = visit.t;
  std::string const id_ = std::to_string(view.item.id().value());
  return p(
      cls("no-print record-tools"),
      a(cls("button primary"), href("/api/v1/items/" + id_ + "/closeout-record"),
        attr("download", "closeout-" + id_ + ".json"), t("下载 JSON 档案", "Download the record (JSON)")),
      " ", button(type("button"), data("print", ""), t("打印", "Print")), " ",
      a(href("/verify-record"), t("核验页", "Verifier")), " ",
      a(href(item_path(view.item.id())), t("回到事项", "Back to the item")));
}

Html signature_lines() {
  return div(cls("signatures"), p(both("出具单位（章）", "Issued by (seal)")), p(both("经办人", "Clerk")),
             p(both("日期", "Date")));
}

Result<Response> closeout_paper(Visit const& visit) {
  Result<ItemView> const view = look_at_path(visit);
  if (!view) return tl::unexpected(view.error());
  if (!view->shows_history)
    return refuse(Reason::Forbidden, "",
                  {"您不能查看该事项的经过", "you may not read the history of this item"});
  store::Store& store = visit.application.engine.store();
  Result<record::CloseOutRecord> const made =
      record::record_of(*store.read(), view->item.id(), store.key().get());
  if (!made) return tl::unexpected(made.error());
  // Paper is not printed of what does not hold.
  Result<record::Verdict> const verdict = record::verify(*made, std::nullopt);
  if (!verdict) return tl::unexpected(Refusal{Reason::Unavailable, verdict.error().faults});
  record::Story const& story = verdict->story;
  return page(
      visit, {.title = {"销号档案", "Close-out record"}, .section = "/closeouts"},
      group(tools(visit, *view),
            article(cls("closeout-paper"), h1("销号档案 ", span(cls("english"), "Close-out record")),
                    p(cls("plan-title"), text_at(story.plan, "title")), facts(*view, story),
                    h2(both("经过", "What happened")), course(visit, *made),
                    when(!story.evidence.empty(),
                         [&] { return group(h2(both("佐证材料", "Evidence")), evidence(story.evidence)); }),
                    h2(both("凭据", "What it rests on")), proof(*made),
                    h2(both("如何核对", "How to check it")), how_to_check(), signature_lines())));
}

}  // namespace

void add_closeout_paper_page(Router& router, Application& application) {
  add_page(router, application, "/items/{id}/closeout-record", closeout_paper);
}

}  // namespace xiaohao::web::pages
