// `/notices/silences`: who is not told for a while, and why; who stands in for whom.

#include <algorithm>

#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/silencing.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/notices/silences";
constexpr int listed_max = 100;

Html end_button(Visit const& visit, std::string const& kind, std::int64_t id) {
  return post_form(visit, std::string(path) + "/" + kind + "/" + std::to_string(id) + "/end",
                   button(type("submit"), visit.t("结束", "End")));
}

Html silence_row(Visit const& visit, Silence const& silence, bool runs) {
  Say const& t = visit.t;
  Html on;
  if (silence.item)
    on += group(a(href(item_path(*silence.item)), t("事项 ", "item "), silence.item->value()), " ");
  if (silence.unit) on += group(visit.unit_name(*silence.unit), " ");
  if (silence.recipient) on += group(person_name(visit, *silence.recipient), " ");
  on += group(silence.step.empty() ? std::string(t("全部步骤", "every step")) : step_name(t, silence.step));
  return li(cls("notice"), div(on), p(cls("words"), silence.reason),
            p(cls("hint"), person_name(visit, silence.set_by), " · ", moment(t, silence.from), " — ",
              moment(t, silence.ended_at.value_or(silence.until)),
              when(!runs, [&] { return group(" · ", t("已结束", "ended")); })),
            when(runs && visit.may("silence"), [&] { return end_button(visit, "silence", silence.id); }));
}

Html absence_row(Visit const& visit, Absence const& absence, bool over) {
  Say const& t = visit.t;
  bool const mine = absence.away == visit.me->username || visit.may("absence");
  return li(cls("notice"),
            div(person_name(visit, absence.away), t(" 外出，由 ", " is away; "),
                person_name(visit, absence.substitute), t(" 代理", " stands in")),
            when(!absence.reason.empty(), [&] { return p(cls("words"), absence.reason); }),
            p(cls("hint"), to_string(absence.first), " — ", to_string(absence.last),
              when(over, [&] { return group(" · ", t("已结束", "ended")); })),
            when(!over && mine, [&] { return end_button(visit, "absence", absence.id); }));
}

Html field(std::string_view words, Html const& control) { return label(span(words), control); }

Html unit_choice(Visit const& visit) {
  std::vector<std::pair<std::string, UnitId>> units;
  for (auto const& [unit, description] : visit.organisation->units)
    units.emplace_back(description.name, unit);
  std::sort(units.begin(), units.end());
  return select(name("unit"), option(value(""), visit.t("不限", "any")),
                each(units, [](auto const& unit) { return option(value(unit.second.value()), unit.first); }));
}

/// Everybody who can act, by unit; `nobody` is what the empty choice means.
Html person_choice(Visit const& visit, char const* field_name, std::string_view nobody) {
  std::vector<std::pair<std::string, std::string>> people;
  for (auto const& [username, person] : visit.organisation->participants)
    if (person.active)
      people.emplace_back((person.unit ? visit.unit_name(*person.unit) + " · " : std::string()) + person.name,
                          username.value());
  std::sort(people.begin(), people.end());
  return select(name(field_name), flag("required", nobody.empty()), option(value(""), nobody),
                each(people, [](auto const& person) { return option(value(person.second), person.first); }));
}

Html silence_form(Visit const& visit) {
  Say const& t = visit.t;
  std::string const item = visit.request.query.contains("item") ? visit.request.query.at("item") : "";
  return details(
      flag("open", !item.empty()), summary(t("设置静默", "Silence notices")),
      post_form(
          visit, std::string(path) + "/silence", cls("stacked"),
          field(t("事项编号（事项页地址末尾的数字；空：不限）",
                  "Item (the number at the end of its page's address; empty: any)"),
                input(name("item"), attr("inputmode", "numeric"), value(item))),
          field(t("单位", "Unit"), unit_choice(visit)),
          field(t("人员", "Person"), person_choice(visit, "recipient", t("不限", "any"))),
          field(t("步骤（空：全部）", "Step (empty: all)"),
                select(name("step"), option(value(""), t("全部", "all")),
                       each(std::initializer_list<char const*>{"remind", "urge", "supervise", "circulate",
                                                               "special_letter", "summon"},
                            [&](char const* step) { return option(value(step), step_name(t, step)); }))),
          field(t("到哪一天为止（含）", "Until the end of"),
                input(name("last"), type("date"), flag("required"))),
          field(t("原因", "Reason"), textarea(name("reason"), flag("required"))),
          button(type("submit"), t("静默", "Silence"))));
}

Html absence_form(Visit const& visit) {
  Say const& t = visit.t;
  return details(
      summary(t("登记外出与代理", "Enter an absence")),
      post_form(
          visit, std::string(path) + "/absence", cls("stacked"),
          when(visit.may("absence"),
               [&] {
                 return field(t("外出人", "Who is away"),
                              person_choice(visit, "away", t("本人", "I myself")));
               }),
          field(t("代理人", "Who stands in"), person_choice(visit, "substitute", "")),
          field(t("起", "From"), input(name("first"), type("date"), flag("required"))),
          field(t("止（含）", "Until (inclusive)"), input(name("last"), type("date"), flag("required"))),
          field(t("原因", "Reason"), input(name("reason"))), button(type("submit"), t("登记", "Enter"))));
}

Result<Response> silences(Visit const& visit) {
  Say const& t = visit.t;
  Instant const now = visit.application.engine.now();
  auto const reader = visit.application.engine.store().read();
  auto const all = reader->silences(listed_max);
  auto const away = reader->absences(listed_max);
  Html const silence_rows =
      each(all, [&](Silence const& silence) { return silence_row(visit, silence, silence.runs(now)); });
  Html const absence_rows = each(away, [&](Absence const& absence) {
    return absence_row(visit, absence, absence.ended_at || absence.last < local_date(now));
  });
  return page(
      visit, {.title = {"静默与代理", "Silences and absences"}, .section = "/notices"},
      group(
          h1(t("静默与代理", "Silences and absences")),
          p(a(href("/notices"), t("返回通知", "Back to the notices"))),
          section(
              cls("sheet"), id("silences"), h2(t("静默", "Silences")),
              p(cls("hint"),
                t("静默期间到期的步骤照常判定、记为“未发”，写明原因；事项时限和灯色不变。",
                  "Steps that fall due are decided as ever and recorded as not sent, with the reason; due "
                  "dates and lights stay.")),
              all.empty() ? p(t("没有静默。", "Nothing is silenced.")) : ul(cls("notices"), silence_rows),
              when(visit.may("silence"), [&] { return silence_form(visit); })),
          section(cls("sheet"), id("absences"), h2(t("外出代理", "Absences")),
                  p(cls("hint"),
                    t("代理人同时收到外出人的通知，以自己的名义办理，日志记明代谁办理。",
                      "Whoever stands in is told too, and acts in his own name; the journal says for whom.")),
                  away.empty() ? p(t("没有外出登记。", "Nobody is away.")) : ul(cls("notices"), absence_rows),
                  absence_form(visit))));
}

Result<Silence> silence_in(Request const& request) {
  Silence wish;
  if (auto const item = request.field("item"); !item.empty())
    wish.item = ItemId{whole_number(item).value_or(0)};
  if (auto const unit = request.field("unit"); !unit.empty()) wish.unit = UnitId{unit};
  if (auto const who = request.field("recipient"); !who.empty()) wish.recipient = Username{who};
  wish.step = request.field("step");
  wish.reason = request.field("reason");
  auto const last = parse_date(request.field("last"));
  if (!last) return refuse(Reason::Malformed, "/last", {"请填写截止日期", "a date is needed, as 2024-03-15"});
  wish.until = end_of_day(*last);
  return wish;
}

Result<Absence> absence_in(Request const& request) {
  Absence wish;
  std::string const away = request.field("away");
  wish.away = away.empty() ? request.visitor->username : Username{away};
  wish.substitute = Username{request.field("substitute")};
  wish.reason = request.field("reason");
  auto const first = parse_date(request.field("first"));
  auto const last = parse_date(request.field("last"));
  if (!first || !last)
    return refuse(Reason::Malformed, "/first", {"请填写起止日期", "both dates are needed, as 2024-03-15"});
  wish.first = *first;
  wish.last = *last;
  return wish;
}

template <class Value>
Written<Value> back_to_the_page(std::shared_ptr<Request const> request, Respond respond) {
  return [request = std::move(request), respond = std::move(respond)](Result<Value> const& written) {
    Say const t(request->language);
    respond(see_other_with(path, written
                                     ? Flash{false, std::string(t("已记录", "Recorded"))}
                                     : Flash{true, in(request->language, written.error().first().detail)}));
  };
}

template <class Value, class Read, class Set, class End>
void add_changes(Router& router, Application& application, std::string const& kind, Read read, Set set,
                 End end) {
  router.add("POST", std::string(path) + "/" + kind, Access::SignedIn,
             [&application, read, set](std::shared_ptr<Request const> request, Respond respond) {
               Result<Value> wish = read(*request);
               auto const answer = back_to_the_page<Value>(request, respond);
               if (!wish) return answer(tl::unexpected(wish.error()));
               set(application, std::move(*wish), request->visitor->username, answer);
             });
  router.add("POST", std::string(path) + "/" + kind + "/{id}/end", Access::SignedIn,
             [&application, end](std::shared_ptr<Request const> request, Respond respond) {
               auto const id = whole_number(request->path_parameters.at("id"));
               end(application, id.value_or(0), request->visitor->username,
                   back_to_the_page<Value>(request, respond));
             });
}

}  // namespace

void add_silences_page(Router& router, Application& application) {
  add_page(router, application, path, silences);
  add_changes<Silence>(router, application, "silence", silence_in, set_silence, end_silence);
  add_changes<Absence>(router, application, "absence", absence_in, set_absence, end_absence);
}

}  // namespace xiaohao::web::pages
