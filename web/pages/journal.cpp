// `/journal`: every entry as it was written, latest first, for the auditor. He reads the bytes that are
// hashed; what they mean in words stands on each item's page.

#include <algorithm>

#include "engine/domain/entry_types.hpp"
#include "engine/journal/head.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/keeping.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/pages/qr_code.hpp"
#include "web/readable_entries.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr std::int64_t entries_shown = 50;

std::string text_of(nlohmann::json const& entry, char const* name) {
  auto const found = entry.find(name);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string when_of(Say const& t, nlohmann::json const& entry) {
  auto const at = parse_instant(text_of(entry, "at"));
  return at ? moment(t, *at) : text_of(entry, "at");
}

/// It moves no item, and this version knows no such entry: another one wrote it.
bool is_set_apart(nlohmann::json const& entry) {
  auto const outcome = entry.find("outcome");
  bool const moves =
      text_of(entry, "type") == "item.created" || (outcome != entry.end() && !outcome->empty());
  return !moves && !only_tells(text_of(entry, "type"));
}

/// What the entry commits to, beside the bytes that were hashed.
Html texts_of(Say const& t, store::JournalLine const& line) {
  return when(!line.texts.empty(), [&] {
    return group(
        p(cls("hint"), t("其承诺的文字，另存，可依法删除：", "Committed to, kept beside, erasable:")),
        dl(each(line.texts, [](journal::CommittedText const& text) {
          return group(dt(code(text.field)), dd(text.text));
        })));
  });
}

/// An entry that this version cannot read is shown as it lies there, not left out.
Html entry_row(Say const& t, store::JournalLine const& line) {
  Result<nlohmann::json> const read = json::read(line.leaf);
  nlohmann::json const entry = read && read->is_object() ? *read : nlohmann::json::object();
  auto const item = entry.find("item");
  Html const about = item != entry.end() && item->is_number_integer()
                         ? a(href(item_path(ItemId{item->get<std::int64_t>()})), item->get<std::int64_t>())
                         : Html{};
  auto const actor = entry.find("actor");
  std::string who;
  if (actor != entry.end())
    who = actor->is_object()   ? text_of(*actor, "username")
          : actor->is_string() ? actor->get<std::string>()
                               : "";
  return tr(td(cls("number"), data("label", t("序号", "Index")), line.index),
            td(data("label", t("时间", "Time")), when_of(t, entry)),
            td(data("label", t("事件", "Event")), text_of(entry, "type"),
               when(is_set_apart(entry),
                    [&] {
                      return group(" ", span(cls("tag doubt"), t("本版本不认识，已隔离",
                                                                 "unknown to this version, set apart")));
                    })),
            td(data("label", t("人员", "By")), who), td(data("label", t("事项", "Item")), about),
            td(details(summary(t("原文", "As written")), code(cls("leaf"), line.leaf), texts_of(t, line))));
}

Html head_line(Visit const& visit, store::Reader const& reader) {
  Say const& t = visit.t;
  auto const key = visit.application.engine.store().key();
  std::int64_t const size = reader.journal_head().size;
  if (!key || size == 0) return p(cls("hint"), size, t(" 条", " entries"));
  auto const signed_head = record::sign_head(reader, *key);
  if (!signed_head) return p(cls("hint"), size, t(" 条", " entries"));
  return group(
      p(cls("hint"), size, t(" 条；日志头短码 ", " entries; short code of the head "),
        code(journal::short_code(signed_head->head)),
        t("（与通报、邮件中的短码核对）", " (hold it against the one in bulletins and mails)")),
      details(cls("journal-head"), summary(t("树头二维码", "The head as a QR code")),
              qr_code(journal::signed_note_of(*signed_head), t("已签名的树头", "The signed head")),
              p(cls("hint"), t("扫描后存为文本，日后用 xiaohao verify --since 文件 核对。",
                               "Scan it into a text file, and later run `xiaohao verify --since FILE`."))));
}

Result<Response> journal(Visit const& visit) {
  Say const& t = visit.t;
  auto const reader = visit.application.engine.store().read();
  std::int64_t const size = reader->journal_head().size;
  std::int64_t before = size;
  if (auto const asked = visit.request.query.find("before"); asked != visit.request.query.end()) {
    auto const number = whole_number(asked->second);
    if (!number || *number < 1)
      return refuse(Reason::Malformed, "/before",
                    {"before 应为正整数", "before must be a whole number from 1"});
    before = std::min(*number, size);
  }
  std::int64_t const from = std::max<std::int64_t>(0, before - entries_shown);
  std::vector<store::JournalLine> lines =
      from < before ? reader->journal(from, before) : std::vector<store::JournalLine>{};
  if (!may_read_entries(visit.application, visit.me->username, *reader, lines))
    return refuse(Reason::Forbidden, "",
                  {"您不能查看日志", "you may not read the history of all of these items"});
  std::reverse(lines.begin(), lines.end());
  Html const pages =
      nav(cls("pages"), attr("aria-label", t("翻页", "Pages")),
          when(before < size,
               [&] { return a(cls("button"), href("/journal"), t("回到最新", "Back to the latest")); }),
          when(from > 0, [&] {
            return a(cls("button"), href("/journal?before=" + std::to_string(from)), t("更早", "Earlier"));
          }));
  return page(
      visit, {.title = {"日志", "Journal"}, .section = "/journal"},
      group(
          h1(t("日志", "Journal")), head_line(visit, *reader),
          div(cls("table-frame"),
              table(cls("cards journal"),
                    thead(tr(th(cls("number"), t("序号", "Index")), th(t("时间", "Time")),
                             th(t("事件", "Event")), th(t("人员", "By")), th(t("事项", "Item")),
                             th(t("原文", "As written")))),
                    tbody(each(lines, [&](store::JournalLine const& line) { return entry_row(t, line); })))),
          pages));
}

}  // namespace

void add_journal_page(Router& router, Application& application) {
  add_page(router, application, "/journal", journal);
}

}  // namespace xiaohao::web::pages
