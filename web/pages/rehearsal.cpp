// `/rehearsal`: the rest of the year, played from how it stands now, for those who run the plan. Changes
// nothing.

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/rehearsal/report.hpp"
#include "web/pages/layout.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using nlohmann::json;

constexpr std::size_t rows_max = 30;
constexpr int seed_max = 999'999;
constexpr int days_played_on = 31;  ///< beyond the year: late items climb the ladder there

struct Wishes {
  int late_percent = 10;
  int returned_percent = 5;
  int seed = 1;
};

Result<void> read_number(Request const& request, std::string const& name, int max, int& number) {
  auto const found = request.query.find(name);
  if (found == request.query.end()) return {};
  auto const given = whole_number(found->second);
  if (given && *given >= 0 && *given <= max) {
    number = static_cast<int>(*given);
    return {};
  }
  std::string const most = std::to_string(max);
  return refuse(Reason::Malformed, "/" + name,
                {"须为 0 到 " + most + " 的整数", name + " must be a whole number from 0 to " + most});
}

Result<Wishes> read_wishes(Request const& request) {
  Wishes wishes;
  for (auto const& [name, max, number] :
       {std::tuple{"late", 100, &wishes.late_percent}, std::tuple{"returned", 100, &wishes.returned_percent},
        std::tuple{"seed", seed_max, &wishes.seed}})
    if (Result<void> const read = read_number(request, name, max, *number); !read)
      return tl::unexpected(read.error());
  return wishes;
}

std::string text_of(json const& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string step_word(Say const& t, std::string const& step) {
  for (auto const& [name, zh, en] :
       {std::tuple{"remind", "提醒", "reminders"}, std::tuple{"urge", "催办", "urges"},
        std::tuple{"supervise", "督办", "supervisions"}, std::tuple{"circulate", "通报", "circulations"},
        std::tuple{"summon", "约谈", "summonses"}, std::tuple{"review", "待初审", "for review"},
        std::tuple{"verification", "待核查", "for verification"}, std::tuple{"returned", "退回", "returns"},
        std::tuple{"verified", "核查通过", "verified"}, std::tuple{"closed", "销号", "close-outs"}})
    if (step == name) return std::string(t(zh, en));
  return step;
}

Html number_field(std::string_view field, std::string_view words, int now, int max) {
  std::string const named = "rehearsal-" + std::string(field);
  return div(cls("filter"), label(attr("for", named), words),
             input(id(named), type("number"), name(field), value(std::to_string(now)), attr("min", 0),
                   attr("max", max)));
}

Html wishes_form(Say const& t, Wishes const& wishes) {
  return div(cls("filters sheet no-print"),
             form(attr("method", "get"), action("/rehearsal"),
                  number_field("late", t("逾期申请 %", "Late, %"), wishes.late_percent, 100),
                  number_field("returned", t("审核退回 %", "Returned, %"), wishes.returned_percent, 100),
                  number_field("seed", t("随机种子", "Seed"), wishes.seed, seed_max),
                  div(cls("filter apply"), button(type("submit"), cls("primary"), t("预演", "Rehearse")))));
}

/// A table of the first rows of a list.
template <class Row>
Html table_of(Say const& t, json const& rows, std::vector<std::string> const& columns, Row row) {
  if (rows.empty()) return p(cls("lead"), t("没有。", "None."));
  Html body;
  for (std::size_t at = 0; at < std::min(rows.size(), rows_max); ++at) {
    std::vector<Html> const cells = row(rows[at]);
    Html line;
    for (std::size_t column = 0; column < cells.size(); ++column)
      line += td(data("label", columns[column]), cells[column]);
    body += tr(line);
  }
  Html const head =
      tr(each(columns, [](std::string const& column) { return th(attr("scope", "col"), column); }));
  return group(div(cls("table-frame"), table(cls("cards"), thead(head), tbody(body))),
               when(rows.size() > rows_max, [&] {
                 return p(cls("hint"), t("其余 ", "and "), rows.size() - rows_max, t(" 行从略", " more"));
               }));
}

Html words_of(json const& value) { return group(text_of(value)); }

std::string heaviest_week(Say const& t, json const& weeks, char const* what) {
  json const* most = nullptr;
  for (json const& week : weeks)
    if (!most || week[what].get<int>() > (*most)[what].get<int>()) most = &week;
  if (!most) return {};
  return text_of((*most)["week"]) + std::string(t(" 起一周 ", " (week of): ")) + text_of((*most)[what]);
}

Html summary_section(Say const& t, json const& report) {
  json const& notices = report["notices"];
  std::string steps;
  for (auto const& [step, count] : notices["by_step"].items())
    steps += std::string(steps.empty() ? "" : t("，", ", ")) + step_word(t, step) + " " + text_of(count);
  json const& busiest = report["deadlines"]["busiest_week"];
  Html lines =
      p(strong(t("通知 ", "Notices: "), notices["total"].get<int>()), t("（", " ("), steps, t("）", ")"));
  lines += p(strong(t("红灯 ", "Red: "), report["red"]["items"].get<int>(), t(" 项", " items")),
             t("，合计 ", ", together "), report["red"]["days"].get<int>(), t(" 天", " days"));
  if (!busiest.is_null())
    lines += p(strong(t("到期最集中的一周：", "Most deadlines: week of "), text_of(busiest["week"])),
               t("，", ", "), busiest["deadlines"].get<int>(), t(" 项到期", " deadlines"));
  json const& unit = report["peaks"]["unit"];
  if (!unit.is_null())
    lines +=
        p(strong(t("单周最忙的单位：", "Heaviest week of a unit: "), text_of(unit["name"])), t("，", ", "),
          text_of(unit["week"]), t(" 起一周 ", " (week of): "), unit["deadlines"].get<int>());
  for (json const& year : report["years_without_calendar"])
    lines += p(cls("message error"), t("没有 ", "There is no calendar for "), year.get<int>(),
               t(" 年的放假安排：只按周末计算休息日。", ": only weekends are counted as days off."));
  lines += p(cls("hint"), report["items"].get<int>(), t(" 项，至 ", " items, until "),
             text_of(report["until"]), t(" 办结 ", ", closed: "), report["closed"].get<int>());
  return section(cls("sheet"), id("summary"), h2(t("概况", "In short")), lines);
}

Html tables(Say const& t, json const& report) {
  Html const told = table_of(t, report["notices"]["by_recipient"],
                             {std::string(t("收件人", "Recipient")), std::string(t("通知", "Notices")),
                              std::string(t("最多的一周", "Heaviest week"))},
                             [&](json const& row) {
                               return std::vector<Html>{words_of(row["name"]), words_of(row["notices"]),
                                                        group(heaviest_week(t, row["weeks"], "notices"))};
                             });
  Html const red = table_of(
      t, report["red"]["by_unit"],
      {std::string(t("单位", "Unit")), std::string(t("红灯天数", "Red days")),
       std::string(t("事项", "Items"))},
      [](json const& row) {
        return std::vector<Html>{words_of(row["name"]), words_of(row["days"]), words_of(row["items"])};
      });
  Html const rest = table_of(
      t, report["due_on_rest_days"],
      {std::string(t("到期日", "Due")), std::string(t("下一工作日", "Next working day")),
       std::string(t("序号", "Numbers"))},
      [](json const& row) {
        std::string numbers;
        for (json const& number : row["numbers"]) numbers += (numbers.empty() ? "" : ", ") + number.dump();
        return std::vector<Html>{words_of(row["due"]), words_of(row["next_working_day"]), group(numbers)};
      });
  Html const nobody =
      table_of(t, report["nobody_told"],
               {std::string(t("单位", "Unit")), std::string(t("督办步骤", "Step of the ladder"))},
               [](json const& row) {
                 return std::vector<Html>{words_of(row["name"]), words_of(row["step"])};
               });
  return group(
      section(cls("sheet"), id("told"), h2(t("谁收到多少通知", "Who is told how much")), told),
      section(cls("sheet"), id("red"), h2(t("各单位红灯天数", "Red days by unit")), red),
      section(cls("sheet"), id("rest-days"), h2(t("到期日在休息日的", "Due on a day off")), rest),
      section(cls("sheet"), id("nobody"), h2(t("无人可通知的步骤", "Steps that would tell nobody")), nobody));
}

Result<Response> rehearsal_page(Visit const& visit) {
  Say const& t = visit.t;
  PageHead const head{.title = {"预演", "Rehearsal"}, .section = "/rehearsal"};
  Engine const& engine = visit.application.engine;
  if (!visit.may("rehearse"))
    return refuse(
        Reason::Forbidden, "",
        {"预演供领导小组和县扶贫办使用", "a rehearsal is for the leadership group and the coordinator"});
  Result<Wishes> const wishes = read_wishes(visit.request);
  if (!wishes) return tl::unexpected(wishes.error());
  auto const board = visit.board();
  Html const top = group(
      h1(t("预演", "Rehearsal")),
      p(cls("hint"), t("从现在的状态按规则推演到年底：谁会收到什么、谁会变红。不改动任何数据，也不发通知。",
                       "Plays the year on from how it stands now: who is told what, who turns red. "
                       "Nothing is changed and nobody is told.")),
      p(a(href("/admin/policy"),
          t("督办策略：查看、预览、更改", "The escalation policy: see, preview, change"))),
      wishes_form(t, *wishes));
  Instant const now = engine.now();
  if (!board)
    return page(visit, head, group(top, p(cls("lead"), t("还没有实施方案。", "There is no plan yet."))));
  PlanYear const year = board->plan.year;
  Date const last_day =
      add_days(Date{std::chrono::year{year.value()} / std::chrono::December / 31}, days_played_on);
  if (local_date(now) > last_day)
    return page(visit, head,
                group(top, p(cls("lead"), t("这一年已经结束。", "The year of this plan is over."))));
  auto const reader = engine.store().read();
  rehearsal::Scenario scenario;
  scenario.conduct.late_percent = wishes->late_percent;
  scenario.conduct.returned_percent = wishes->returned_percent;
  rehearsal::Stage stage(*reader, year);
  rehearsal::Terms const terms{engine.rules(), scenario, static_cast<std::uint64_t>(wishes->seed), now,
                               last_day};
  rehearsal::Play const played = rehearsal::play(stage, terms);
  json const report = rehearsal::report_of(stage, played, terms, nullptr);
  return page(visit, head, group(top, summary_section(t, report), tables(t, report)));
}

}  // namespace

/// Played on a worker: the server's own threads answer others meanwhile.
void add_rehearsal_page(Router& router, Application& application) {
  router.add(
      "GET", "/rehearsal", Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        auto const play = [&application, request, respond] {
          Visit const visit(application, *request);
          Result<Response> response = rehearsal_page(visit);
          respond(response ? std::move(*response) : refusal_page(visit, response.error()));
        };
        if (application.workers.run(play)) return;
        Visit const visit(application, *request);
        respond(refusal_page(visit, {Reason::TooOften,
                                     {{"",
                                       {"正在预演的人太多，请稍后再试",
                                        "too many rehearsals are under way; try again in a moment"}}}}));
      });
}

}  // namespace xiaohao::web::pages
