// `/documents`: papers that wait for a signature, and those that went out; each as it is printed.

#include "engine/documents.hpp"

#include "web/asked_change.hpp"
#include "web/documents.hpp"
#include "web/pages/document_sheet.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/documents";
constexpr int listed_max = 200;
constexpr int days_to_reply = 2;

std::string to_whom(Visit const& visit, FormalDocument const& document) {
  return document.unit ? visit.unit_name(*document.unit)
                       : std::string(visit.t("全部责任单位", "all responsible units"));
}

std::string draft_path(FormalDocument const& draft) {
  return std::string(path) + "/draft?kind=" + std::string(to_string(draft.kind)) +
         (draft.unit ? "&unit=" + draft.unit->value() : "");
}

Html items_in_words(Say const& t, FormalDocument const& document) {
  return group(document.content.at("items").size(), t(" 项", " items"));
}

Html draft_row(Visit const& visit, FormalDocument const& draft) {
  Say const& t = visit.t;
  return li(cls("notice"), div(a(href(draft_path(draft)), document_kind_name(t, draft.kind)), " · ",
                               to_whom(visit, draft), " · ", items_in_words(t, draft)));
}

Html signed_row(Visit const& visit, FormalDocument const& document) {
  Say const& t = visit.t;
  return li(cls("notice"),
            div(a(href(std::string(path) + "/" + std::to_string(document.id)),
                  document_kind_name(t, document.kind), " ", number_of(document)),
                " · ", to_whom(visit, document), " · ", items_in_words(t, document)),
            p(cls("hint"), person_name(visit, document.signed_by), t(" 签发于 ", " signed on "),
              moment(t, document.signed_at)));
}

Result<Response> documents(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_documents(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  auto const reader = visit.application.engine.store().read();
  auto const waiting = drafts(*reader, visit.application.engine.now());
  auto const out = reader->documents(listed_max);
  return page(
      visit, {.title = {"公文", "Papers"}, .section = path},
      group(
          h1(t("公文", "Papers")),
          section(
              cls("sheet"), h2(t("待签发", "Waiting for a signature")),
              p(cls("hint"),
                t("督办阶梯提出、尚未成文的事项，每单位每类一份；签发后编号、入日志、送达，不再更改。",
                  "What the ladder has put forward since the last paper, one for each unit and kind. Signing "
                  "numbers it, journals it and sends it; then it never changes.")),
              waiting.empty()
                  ? p(t("没有待签发的文件。", "Nothing waits."))
                  : ul(cls("notices"),
                       each(waiting, [&](FormalDocument const& draft) { return draft_row(visit, draft); }))),
          section(cls("sheet"), h2(t("已签发", "Signed")),
                  out.empty() ? p(t("还没有。", "None yet."))
                              : ul(cls("notices"), each(out, [&](FormalDocument const& document) {
                                     return signed_row(visit, document);
                                   })))));
}

Html field(std::string_view words, Html const& control) { return label(span(words), control); }

Html signing_form(Visit const& visit, FormalDocument const& draft) {
  Say const& t = visit.t;
  Instant const now = visit.application.engine.now();
  Date const reply_by =
      visit.application.engine.rules().calendar.add_working_days(local_date(now), days_to_reply);
  return post_form(visit, std::string(path) + "/sign", cls("stacked no-print sheet"), h2(t("签发", "Sign")),
                   input(type("hidden"), name("kind"), value(to_string(draft.kind))),
                   input(type("hidden"), name("unit"), value(draft.unit ? draft.unit->value() : "")),
                   field(t("督办要求", "What is demanded"),
                         textarea(name("demands"), flag("required"), attr("maxlength", "600"),
                                  "请查明原因，制定措施，倒排工期，于反馈时限前书面报告进展。")),
                   when(draft.kind == DocumentKind::Summons,
                        [&] {
                          return field(t("约谈时间、地点", "When and where to come"),
                                       input(name("meeting"), flag("required")));
                        }),
                   when(draft.kind == DocumentKind::Order,
                        [&] {
                          return field(t("反馈时限", "Reply by"),
                                       input(name("reply_by"), type("date"), value(to_string(reply_by)),
                                             flag("required")));
                        }),
                   field(t("联系人（可空）", "Contact (may be empty)"), input(name("contact"))),
                   button(type("submit"), cls("primary"), t("签发并送达", "Sign and send")));
}

Result<Response> draft(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_documents(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  auto const asked = [&](char const* name_) {
    auto const found = visit.request.query.find(name_);
    return found == visit.request.query.end() ? std::string() : found->second;
  };
  auto const kind = document_kind_named(asked("kind"));
  auto const unit = asked("unit").empty() ? std::nullopt : std::optional(UnitId{asked("unit")});
  auto const reader = visit.application.engine.store().read();
  for (FormalDocument const& waiting : drafts(*reader, visit.application.engine.now()))
    if (waiting.kind == kind && waiting.unit == unit)
      return page(
          visit, {.title = {"送审稿", "Draft"}, .section = path},
          group(p(cls("no-print"), a(href(path), t("返回公文", "Back to the papers"))),
                document_sheet(visit, waiting),
                visit.may("document.sign")
                    ? signing_form(visit, waiting)
                    : p(cls("hint no-print"), t("由领导小组签发。", "The leadership group signs it."))));
  return refuse(Reason::NotFound, "", {"没有待签发的此类文件", "no such paper waits for a signature"});
}

Result<Response> signed_document(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_documents(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  auto const id = whole_number(visit.request.path_parameters.at("id"));
  auto const document = visit.application.engine.store().read()->document(id.value_or(0));
  if (!document) return refuse(Reason::NotFound, "", {"没有这份文件", "there is no such paper"});
  return page(visit, {.title = {number_of(*document), number_of(*document)}, .section = path},
              group(p(cls("no-print record-tools"),
                      button(type("button"), cls("primary"), data("print", ""), t("打印", "Print")), " ",
                      a(href(path), t("返回公文", "Back to the papers"))),
                    document_sheet(visit, *document)));
}

Result<Signature> signature_in(Request const& request) {
  auto const kind = document_kind_named(request.field("kind"));
  if (!kind) return refuse(Reason::Malformed, "/kind", {"文种不认识", "must be order, bulletin or summons"});
  Signature wish;
  wish.kind = *kind;
  if (auto const unit = request.field("unit"); !unit.empty()) wish.unit = UnitId{unit};
  wish.demands = request.field("demands");
  if (auto const day = parse_date(request.field("reply_by"))) wish.reply_by = *day;
  wish.meeting = request.field("meeting");
  wish.contact = request.field("contact");
  return wish;
}

}  // namespace

void add_documents_page(Router& router, Application& application) {
  add_page(router, application, path, documents);
  add_page(router, application, std::string(path) + "/draft", draft);
  add_page(router, application, std::string(path) + "/{id}", signed_document);
  router.add(
      "POST", std::string(path) + "/sign", Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        auto const answer = [request, respond](Result<FormalDocument> const& document) {
          Say const t(request->language);
          respond(document
                      ? see_other_with(std::string(path) + "/" + std::to_string(document->id),
                                       {false, std::string(t("已签发并送达", "Signed and sent"))})
                      : see_other_with(path, {true, in(request->language, document.error().first().detail)}));
        };
        Result<Signature> const wish = signature_in(*request);
        if (!wish) return answer(tl::unexpected(wish.error()));
        sign_document(application, *wish, request->visitor->username, answer);
      });
}

}  // namespace xiaohao::web::pages
