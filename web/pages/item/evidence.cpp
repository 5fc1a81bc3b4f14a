// What was handed in, and the form to hand in more.

#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/layout.hpp"
#include "web/pages/parts.hpp"
#include "web/pictures.hpp"
#include "web/ui/assets.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

bool has_picture(Visit const& visit, Evidence const& piece) {
  Pictures const* const pictures = visit.application.pictures;
  return pictures && pictures->shows(piece.media_type);
}

std::string path_of(Evidence const& piece) { return "/api/v1/evidence/" + piece.sha256.value(); }

Html withdraw_form(ItemView const& view, Evidence const& piece) {
  Say const& t = view.t();
  std::string const field = "withdraw-" + piece.sha256.value();
  return details(
      cls("withdraw"), id("details-" + field), summary(t("撤回", "Withdraw")),
      post_form(view.visit, item_path(view.item.id()) + "/events",
                input(type("hidden"), name("type"), value("evidence.withdraw")),
                input(type("hidden"), name("version"), value(std::to_string(view.item.status.version))),
                input(type("hidden"), name("back"), value(item_path(view.item.id()) + "#evidence")),
                input(type("hidden"), name("sha256"), value(piece.sha256.value())),
                div(cls("field"),
                    label(attr("for", field), t("理由", "Reason"), small(t("（可不填）", " (optional)"))),
                    input(id(field), name("reason"), attr("maxlength", 1300))),
                small(cls("hint"), t("撤回后记录仍保留。", "It stays in the record.")),
                div(cls("buttons"), button(type("submit"), cls("danger"), t("撤回", "Withdraw")))));
}

Html piece_line(ItemView const& view, Evidence const& piece, bool may_withdraw) {
  Say const& t = view.t();
  Html const name_ = a(href(path_of(piece)), flag("download"), piece.name);
  Html const facts = small(size_in_words(piece.size), " · ", person_name(view.visit, piece.attached_by),
                           " · ", moment(t, piece.attached_at),
                           when(piece.cycle != view.item.status.cycle,
                                [&] { return group(" · ", t("第 ", "cycle "), piece.cycle, t(" 轮", "")); }));
  return li(cls(piece.withdrawn ? "withdrawn" : "counts"),
            when(has_picture(view.visit, piece) && !piece.withdrawn,
                 [&] {
                   std::string const picture = path_of(piece) + "/picture";
                   return a(cls("preview"), href(picture), attr("target", "_blank"),
                            attr("title", t("看大图", "Larger")),
                            element("img", {src(picture), attr("alt", piece.name), attr("loading", "lazy")}));
                 }),
            div(div(piece.withdrawn ? element("s", {name_}) : name_,
                    when(piece.withdrawn, [&] { return span(cls("tag"), t("已撤回", "withdrawn")); })),
                facts, when(!piece.note.empty(), [&] { return p(cls("note"), piece.note); }),
                when(may_withdraw && !piece.withdrawn && piece.cycle == view.item.status.cycle,
                     [&] { return withdraw_form(view, piece); })));
}

/// As people say it: 20 MB, where it is 20 MiB.
std::string limit_in_words(std::int64_t bytes) {
  return bytes >= 1 << 20 ? std::to_string(bytes >> 20) + " MB" : size_in_words(bytes);
}

Html upload_form(ItemView const& view, Attempt const* attempt) {
  Say const& t = view.t();
  bool const refused = attempt && attempt->type == "evidence.attach";
  decision::EvidencePolicy const& policy = view.visit.application.engine.rules().evidence;
  std::string taken;
  for (std::string const& one : policy.types) taken += (taken.empty() ? "" : ",") + one;
  Html faults;
  if (refused)
    for (Fault const& fault : attempt->refusal.faults)
      faults += p(cls("fault"), attr("role", "alert"), t(fault.detail));
  std::string const note = refused && attempt->form.contains("note") ? attempt->form.at("note") : "";
  return post_form(
      view.visit, item_path(view.item.id()) + "/evidence", cls("upload"),
      attr("enctype", "multipart/form-data"), data("upload", ""),
      data("again", t("连接中断，正在重试……", "The connection broke; trying again…")),
      data("cut-off",
           t("已收到 {} 份；连接不通。再按“提交”，从中断的文件继续。",
             "{} received; there is no connection. Hand in once more to go on with the file that was "
             "cut off.")),
      h3(t("提交佐证材料", "Hand in evidence")),
      div(cls("field"), label(attr("for", "evidence-file"), t("文件", "Files")),
          small(cls("hint"), t("可一次选多个，每个不超过 ", "Several at once, each at most "),
                limit_in_words(policy.bytes_max),
                t("。要结果，不要会议照片。", ". Results, not photos of meetings."),
                when(!policy.takes_all(),
                     [&] { return group(t("只收：", " Taken are: "), taken, t("。", ".")); })),
          faults,
          input(type("file"), id("evidence-file"), name("file"), flag("multiple"), flag("required"),
                attr("accept", policy.takes_all() ? std::string() : taken))),
      div(cls("field"),
          label(attr("for", "evidence-note"), t("说明", "Note"), small(t("（可不填）", " (optional)"))),
          input(id("evidence-note"), name("note"), value(note), attr("maxlength", 1300))),
      div(cls("buttons"), button(type("submit"), cls("primary"), t("提交", "Hand in")),
          html::progress(attr("max", 100), value("0"), flag("hidden"),
                         attr("aria-label", t("上传进度", "Upload")))),
      element("output", {cls("hint")}),
      element("script", {src(asset_path("evidence_upload.js")), flag("defer")}));
}

}  // namespace

std::string size_in_words(std::int64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  if (bytes < 1'000'000) return std::to_string((bytes + 500) / 1000) + " kB";
  std::int64_t const tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

Html evidence_list(ItemView const& view, std::vector<Evidence const*> const& pieces, bool may_withdraw) {
  return ul(cls("evidence"),
            each(pieces, [&](Evidence const* piece) { return piece_line(view, *piece, may_withdraw); }));
}

Html evidence_section(ItemView const& view, Attempt const* attempt) {
  Say const& t = view.t();
  PossibleAction const* const attach = view.action("evidence.attach");
  if (!view.shows_evidence && !attach) return {};
  if (view.item.definition.kind == ItemKind::Task && view.evidence.empty() && !attach) return {};
  std::vector<Evidence const*> pieces;
  for (Evidence const& piece : view.evidence) pieces.push_back(&piece);
  return section(
      cls("sheet"), id("evidence"), h2(t("佐证材料", "Evidence")),
      div(id("evidence-list"), data("live", ""),
          pieces.empty() ? p(cls("hint"), t("还没有材料。", "Nothing yet."))
                         : evidence_list(view, pieces, view.action("evidence.withdraw") != nullptr)),
      when(attach != nullptr, [&] { return upload_form(view, attempt); }));
}

}  // namespace xiaohao::web::pages
