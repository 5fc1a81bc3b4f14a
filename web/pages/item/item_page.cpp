// /items/{id}: one item with all that is known of it, and what the visitor may do about it.

#include <algorithm>
#include <functional>

#include "engine/json/document.hpp"
#include "web/commands.hpp"
#include "web/deadline_words.hpp"
#include "web/evidence_intake.hpp"
#include "web/http/target.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Html heading(ItemView const& view) {
  Say const& t = view.t();
  ItemDefinition const& definition = view.item.definition;
  std::string const state = state_name(t, view.visit.application.engine.rules(), view.item.status);
  return header(
      cls("item-heading"), id("item-heading"), data("live", ""),
      nav(cls("crumbs"), attr("aria-label", t("位置", "Place")), a(href("/items"), t("事项", "Items")),
          when(view.parent.has_value(), [&] { return group(" › ", item_link(*view.parent)); })),
      h1(definition.title,
         when(definition.unit && definition.kind == ItemKind::Assignment,
              [&] { return span(cls("of-unit"), " ", view.visit.unit_name(*definition.unit)); })),
      div(cls("marks"), light_mark(t, view.light.light), span(cls("state-name"), state),
          span(cls("tag"), kind_name(t, definition.kind),
               when(definition.number > 0,
                    [&] { return group(t(" 第 ", " No. "), definition.number, t(" 项", "")); })),
          when(definition.role.has_value(),
               [&] { return span(cls("tag"), role_name(t, *definition.role)); })),
      when(view.item.status.closed && view.shows_history,
           [&] {
             return p(a(href(item_path(view.item.id()) + "/closeout-record"),
                        t("销号档案（打印、下载、核验）", "Close-out record: print, download, verify")));
           }),
      when(!view.light.reasons.empty(), [&] {
        return ul(cls("reasons"),
                  each(view.light.reasons, [&](Text const& reason) { return li(t(reason)); }));
      }));
}

/// Why it is back with its unit, before anything else that its clerk reads.
Html returned(ItemView const& view) {
  Say const& t = view.t();
  JournalEntry const* const entry = view.item.status.open() ? view.returned_by() : nullptr;
  if (!entry) return {};
  return div(cls("message warning returned"), strong(deed_of(view, *entry)), t("（", " ("),
             actor_name(view.visit, entry->actor), t("，", ", "), moment(t, entry->at), t("）：", "): "),
             words_of(*entry));
}

/// What was refused and why, when its own form no longer says it; and what others did meanwhile.
Html refusal_message(ItemView const& view, Attempt const* attempt) {
  Say const& t = view.t();
  if (!attempt) return {};
  bool const has_form = view.action(attempt->type) != nullptr;
  bool const stale = attempt->refusal.reason == Reason::Stale;
  Html meanwhile;
  if (stale && attempt->seen)
    for (JournalEntry const& entry : view.history)
      if (entry.outcome.value("version", std::int64_t{0}) > *attempt->seen)
        meanwhile += li(sentence_of(view, entry));
  Html reasons;
  if (!stale)
    for (Fault const& fault : attempt->refusal.faults) reasons += p(t(fault.detail));
  return div(cls("message error"), attr("role", "alert"),
             strong(stale ? t("没有提交：您填写期间事项有了变化。",
                              "Not sent: the item has changed since you opened it.")
                          : t("没有办成。", "This was not done.")),
             reasons, when(!meanwhile.empty(), [&] { return ul(meanwhile); }),
             when(stale && has_form,
                  [&] {
                    return p(t("您填写的内容还在下面，请看过变化后再提交。",
                               "What you wrote is still below. Look at the changes, then send it again."));
                  }),
             when(!has_form, typed_words(t, *attempt)));
}

Response show(ItemView const& view, Attempt const* attempt) {
  ItemDefinition const& definition = view.item.definition;
  int const status = attempt ? status_of(attempt->refusal.reason) : 200;
  bool const reviews = is_reviewer(view);
  Html const content = group(content_section(view), finding_section(view));
  return page(
      view.visit,
      {.title = {definition.title, definition.title}, .section = "/items", .status = status, .live = true},
      group(
          heading(view), refusal_message(view, attempt), returned(view),
          when(reviews,
               [&] {
                 return div(cls("claim-and-proof"), div(claim_section(view), content),
                            evidence_section(view, attempt));
               }),
          div(cls("item-columns"),
              div(cls("main-column"), actions_section(view, attempt), when(!reviews, [&] { return content; }),
                  shares_section(view), when(!reviews, [&] { return evidence_section(view, attempt); })),
              div(cls("side-column"), facts_section(view), future_section(view))),
          picture_section(view), history_section(view)));
}

Result<Response> show_item(Visit const& visit) {
  return look_at_path(visit).map([](ItemView const& view) { return show(view, nullptr); });
}

std::optional<std::int64_t> version_in(Request const& request) {
  auto const version = whole_number(request.field("version"));
  return version && *version > 0 ? version : std::nullopt;
}

/// The form again, with what is wrong beside what was typed.
Response refused(Application& application, Request const& request, Attempt const& attempt) {
  Visit const visit(application, request);
  Result<ItemView> const view = look_at_path(visit);
  return view ? show(*view, &attempt) : refusal_page(visit, view.error());
}

/// The same form sent twice is one command; changed in between, it is another.
std::string idempotency_key(Request const& request, Command const& command) {
  std::size_t const content = std::hash<std::string>{}(command.payload.dump());
  return "form/" + request.path_parameters.at("id") + "/" + std::to_string(command.seen.value_or(0)) + "/" +
         std::to_string(std::hash<std::string>{}(command.type)) + "/" + std::to_string(content);
}

void send_event(Application& application, std::shared_ptr<Request const> const& request,
                Respond const& respond) {
  Visit const visit(application, *request);
  Result<ItemView> const view = look_at_path(visit);
  if (!view) return respond(refusal_page(visit, view.error()));
  std::string const type_ = request->field("type");
  PossibleAction const* const action = view->action(type_);
  nlohmann::json payload =
      action ? payload_of(request->form, action->fields, view->item.definition) : nlohmann::json::object();
  Command command{view->item.id(),      type_, std::move(payload), Actor::person(request->visitor->username),
                  version_in(*request), ""};
  command.idempotency_key = idempotency_key(*request, command);
  if (Result<void> const read = read_deadline_words(application, command); !read)
    return respond(refused(application, *request, {command.type, request->form, read.error(), command.seen}));
  Text const label_ = action ? action->label : Text{type_, type_};
  if (Result<void> const fine = check_event_on_evidence(application, command); !fine)
    return respond(refused(application, *request, {command.type, request->form, fine.error(), command.seen}));
  submit(application, command, [&application, request, respond, label_, command](Result<WorkItem> item) {
    if (!item)
      return respond(
          refused(application, *request, {command.type, request->form, item.error(), command.seen}));
    Say const t(request->language);
    std::string const state = state_name(t, application.engine.rules(), item->status);
    std::string const back = local_path(request->field("back")).value_or(item_path(item->id()));
    respond(see_other_with(back,
                           {false, t.english() ? "Done: " + label_.en + ". It is now: " + state + "."
                                               : "已办理：" + label_.zh + "。现在的状态：" + state + "。"}));
  });
}

/// The files that were chosen; a field that was left empty comes as a file without a byte.
Result<std::vector<Upload>> chosen_files(Request const& request) {
  std::vector<Upload> files;
  for (Upload const& upload : request.uploads)
    if (upload.field == "file" && upload.size > 0) files.push_back(upload);
  if (files.empty())
    return refuse(Reason::Malformed, "/file",
                  {"请选择文件，空文件不算", "choose a file; an empty one does not count"});
  return files;
}

bool counts(Evidence const& piece, WorkItem const& item) {
  return !piece.withdrawn && piece.cycle == item.status.cycle;
}

/// A file whose answer was lost with the connection comes again; it is handed in once.
void leave_out_what_is_there(std::vector<Upload>& files, ItemView const& view, Username const& who) {
  std::erase_if(files, [&](Upload const& upload) {
    return std::any_of(view.evidence.begin(), view.evidence.end(), [&](Evidence const& piece) {
      return counts(piece, view.item) && piece.sha256.value() == upload.sha256 && piece.name == upload.name &&
             piece.attached_by == who;
    });
  });
}

/// How much evidence there is by now, however many answers it took.
Response handed_in_page(Application& application, Request const& request, WorkItem const& item) {
  auto const pieces = application.engine.store().read()->evidence_of(item.id());
  std::string const total = std::to_string(std::count_if(
      pieces.begin(), pieces.end(), [&](Evidence const& piece) { return counts(piece, item); }));
  Say const t(request.language);
  return see_other_with(item_path(item.id()) + "#evidence",
                        {false, t.english() ? "Handed in. Evidence of this cycle: " + total + "."
                                            : "已提交；本轮现有 " + total + " 份材料。"});
}

void hand_in_files(Application& application, std::shared_ptr<Request const> const& request,
                   Respond const& respond) {
  Visit const visit(application, *request);
  Result<ItemView> const view = look_at_path(visit);
  if (!view) return respond(refusal_page(visit, view.error()));
  auto const refuse_with = [&application, request, respond](Refusal const& refusal) {
    respond(refused(application, *request, {"evidence.attach", request->form, refusal, std::nullopt}));
  };
  Username const& me = request->visitor->username;
  if (Result<void> const may = may_hand_in(application, me, view->item); !may)
    return refuse_with(may.error());
  Result<std::vector<Upload>> files = chosen_files(*request);
  if (!files) return refuse_with(files.error());
  leave_out_what_is_there(*files, *view, me);
  if (files->empty()) return respond(handed_in_page(application, *request, view->item));
  HandIn evidence{me, view->item.id(), std::move(*files), request->field("note"), std::nullopt, ""};
  hand_in(application, std::move(evidence),
          [&application, request, respond, refuse_with](HandedIn const& handed_in) {
            if (handed_in.refusal) {
              Refusal refusal = *handed_in.refusal;
              std::string const count = std::to_string(handed_in.media_types.size());
              if (!handed_in.media_types.empty())
                refusal.faults.push_back({"",
                                          {"前 " + count + " 个文件已经提交，请从下一个开始重新提交",
                                           "the first " + count + " files are in; go on with the next"}});
              return refuse_with(refusal);
            }
            respond(handed_in_page(application, *request, *handed_in.item));
          });
}

}  // namespace

void add_item_page(Router& router, Application& application) {
  add_page(router, application, "/items/{id}", show_item);
  router.add("POST", "/items/{id}/events", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               send_event(application, request, respond);
             });
  router.add_upload("/items/{id}/evidence", Access::SignedIn,
                    [&application](std::shared_ptr<Request const> request, Respond respond) {
                      hand_in_files(application, request, respond);
                    });
}

}  // namespace xiaohao::web::pages
