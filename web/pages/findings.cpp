// `/findings` 问题整改台账: what was found, whose, by when, how far; what each campaign has done about it;
// and on paper.

#include <algorithm>
#include <map>
#include <set>

#include "web/http/target.hpp"
#include "web/pages/asked_findings.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/findings";
constexpr std::size_t rows_shown_max = 100;

std::string chosen(Visit const& visit, std::string const& name) {
  auto const found = visit.request.query.find(name);
  return found == visit.request.query.end() ? std::string() : found->second;
}

Html choice(Visit const& visit, std::string const& field, std::string_view words,
            std::vector<std::pair<std::string, std::string>> const& options) {
  std::string const now = chosen(visit, field), element_id = "filter-" + field;
  return div(cls("filter"), label(attr("for", element_id), words),
             select(id(element_id), name(field), option(value(""), visit.t("全部", "All")),
                    each(options, [&](auto const& one) {
                      return option(value(one.first), flag("selected", now == one.first), one.second);
                    })));
}

std::vector<std::pair<std::string, std::string>> campaigns_of(Visit const& visit) {
  std::vector<std::pair<std::string, std::string>> options;
  if (auto const board = visit.board())
    for (Campaign const& campaign : board->plan.campaigns) options.emplace_back(campaign.name, campaign.name);
  return options;
}

std::vector<std::pair<std::string, std::string>> states_of(Visit const& visit) {
  std::vector<std::pair<std::string, std::string>> options;
  decision::Rules const& rules = visit.application.engine.rules();
  auto const running = rules.lifecycle_of.find(ItemKind::Finding);
  statechart::Definition const* const lifecycle =
      running == rules.lifecycle_of.end() ? nullptr : rules.lifecycle(running->second);
  if (!lifecycle) return options;
  for (statechart::State const& state : lifecycle->states()) {
    if (!state.is_leaf() || state.key == "none" || state.key == "requested") continue;
    ItemStatus status;
    status.lifecycle = running->second;
    status.stage = state.key;
    options.emplace_back(state.key, state_name(visit.t, rules, status));
  }
  return options;
}

/// Of what stands in the ledger: its sources and its units.
Html filters(Visit const& visit, std::vector<LedgerRow> const& all) {
  Say const& t = visit.t;
  std::set<std::string> sources;
  std::map<std::string, std::string> units;
  for (LedgerRow const& row : all) {
    sources.insert(row.finding.source);
    if (auto const& unit = row.item.definition.unit) units.emplace(unit->value(), visit.unit_name(*unit));
  }
  std::vector<std::pair<std::string, std::string>> of_sources, of_lights, of_kinds;
  for (std::string const& source : sources) of_sources.emplace_back(source, source);
  for (decision::Light const light :
       {decision::Light::Red, decision::Light::Yellow, decision::Light::Green, decision::Light::Grey})
    of_lights.emplace_back(decision::to_string(light), light_word(t, light));
  for (Rectification const kind : {Rectification::Immediate, Rectification::Dated, Rectification::LongTerm})
    of_kinds.emplace_back(to_string(kind), in(t.language(), rectification_name(kind)));
  auto const yes = std::vector<std::pair<std::string, std::string>>{{"yes", std::string(t("是", "yes"))},
                                                                    {"no", std::string(t("否", "no"))}};
  return details(
      cls("filters sheet no-print"), flag("open", !visit.request.query.empty()), id("filters"),
      summary(t("筛选", "Filters")),
      form(attr("method", "get"), action(path), data("apply-at-once", ""),
           div(cls("filter"), label(attr("for", "filter-q"), t("关键词", "Words")),
               input(id("filter-q"), type("search"), name("q"), value(chosen(visit, "q")),
                     attr("maxlength", 60))),
           choice(visit, "source", t("问题来源", "Source"), of_sources),
           choice(visit, "unit", t("责任单位", "Unit"), {units.begin(), units.end()}),
           choice(visit, "state", t("状态", "State"), states_of(visit)),
           choice(visit, "light", t("灯", "Light"), of_lights),
           choice(visit, "campaign", t("攻势（按时限）", "Campaign (by due date)"), campaigns_of(visit)),
           choice(visit, "rectification", t("类别", "Kind"), of_kinds),
           choice(visit, "relapse", t("反弹", "Relapse"), yes),
           choice(visit, "self_check", t("举一反三自查", "Self-check"), yes),
           div(cls("filter apply"), button(type("submit"), cls("primary"), t("筛选", "Apply")),
               a(href(path), t("清除", "Clear")))));
}

/// What each of the campaigns has done: spring lists, summer deepens, autumn looks again.
Html campaign_table(Visit const& visit, PlanYear year) {
  Say const& t = visit.t;
  auto const reader = visit.application.engine.store().read();
  auto const plan = reader->plan(year);
  if (!plan || plan->campaigns.empty()) return {};
  auto const figure = [&](int count, char const* done, std::string const& campaign) {
    std::string const where = std::string(path) + "?" + done + "=" + encode_component(campaign);
    return td(cls("number"), count > 0 ? a(href(where), count) : span(count));
  };
  return table(cls("campaign-findings"),
               thead(tr(th(t("攻势", "Campaign")), th(cls("number"), t("列出", "Listed")),
                        th(cls("number"), t("深化措施", "Deepened")),
                        th(cls("number"), t("回头看", "Looked at again")))),
               tbody(each(findings_by_campaign(*reader, *plan), [&](CampaignFindings const& count) {
                 return tr(th(attr("scope", "row"), count.campaign),
                           figure(count.listed, "listed", count.campaign),
                           figure(count.deepened, "deepened", count.campaign),
                           figure(count.rechecked, "rechecked", count.campaign));
               })));
}

Html marks_of(Visit const& visit, Finding const& finding) {
  Say const& t = visit.t;
  return group(
      when(finding.relapse_of.has_value(), [&] { return span(cls("tag doubt"), t("反弹", "relapse")); }),
      when(finding.common, [&] { return span(cls("tag"), t("共性", "common")); }),
      when(finding.is_self_check(), [&] { return span(cls("tag"), t("自查", "self-check")); }),
      when(finding.similar.has_value(), [&] {
        return a(cls("tag"), href(std::string(path) + "?group=" + std::to_string(finding.similar->value())),
                 t("同类", "group"));
      }));
}

Html ledger_row(Visit const& visit, LedgerRow const& row) {
  Say const& t = visit.t;
  ItemDefinition const& definition = row.item.definition;
  ItemStatus const& status = row.item.status;
  Finding const& finding = row.finding;
  int const late = decision::days_overdue(row.item, visit.application.engine.now());
  return tr(
      td(cls("number"), data("label", t("序号", "No.")), definition.number),
      td(cls("title"), data("label", t("问题", "Problem")),
         div(item_link(row.item), " ", marks_of(visit, finding), p(cls("problem"), row.problem))),
      td(data("label", t("来源", "Source")),
         div(finding.source,
             when(!finding.reference.empty(), [&] { return small(" ", finding.reference); }))),
      td(data("label", t("措施", "Measures")), p(cls("measures"), finding.measures)),
      td(data("label", t("责任单位", "Unit")),
         div(when(definition.unit.has_value(), [&] { return span(visit.unit_name(*definition.unit)); }),
             when(finding.person.has_value(),
                  [&] { return small(" ", person_name(visit, *finding.person)); }))),
      td(cls("due"), data("label", t("时限", "Due")),
         div(when(status.due.has_value(), [&] { return day_mark(t, *status.due, definition.plan.value()); }),
             " ", small(in(t.language(), rectification_name(finding.rectification))),
             when(late > 0,
                  [&] { return small(cls("late"), t(" 逾期 ", " "), late, t(" 天", " days late")); }))),
      td(cls("state"), data("label", t("状态", "State")),
         div(light_mark(t, row.light), " ", state_name(t, visit.application.engine.rules(), status))),
      td(cls("done"), data("label", t("进度", "Progress")), progress_bar(t, status.progress)));
}

Html ledger_table(Visit const& visit, std::vector<LedgerRow> const& rows, std::size_t shown) {
  Say const& t = visit.t;
  Html lines;
  for (std::size_t at = 0; at < shown; ++at) lines += ledger_row(visit, rows[at]);
  return div(cls("table-frame"),
             table(cls("cards ledger"),
                   thead(tr(th(cls("number"), t("序号", "No.")), th(t("问题", "Problem")),
                            th(t("来源", "Source")), th(t("整改措施", "Measures")), th(t("责任单位", "Unit")),
                            th(t("时限", "Due")), th(t("状态", "State")), th(t("进度", "Progress")))),
                   tbody(lines)));
}

/// Conditions that the form does not show: 列出 of a campaign, a group.
Html chips(Visit const& visit) {
  Say const& t = visit.t;
  Html shown;
  for (auto const& [field, zh, en] : {std::tuple{"listed", "列出于 ", "listed in "},
                                      {"deepened", "深化于 ", "deepened in "},
                                      {"rechecked", "回头看于 ", "looked at again in "},
                                      {"group", "同类组 ", "group "},
                                      {"checks", "自查自事项 ", "self-checks for item "}})
    if (std::string const text = chosen(visit, field); !text.empty())
      shown +=
          a(cls("chip"), href(address_with(visit.request, {{field, ""}, {"cursor", ""}})), t(zh, en), text,
            span(attr("aria-hidden", "true"), " ×"), span(cls("unseen"), t("（去掉）", " (take away)")));
  return shown.empty() ? Html{} : p(cls("chips no-print"), shown);
}

Result<Response> ledger(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_findings(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  PageHead head{.title = {"问题整改台账", "Findings"}, .section = path, .wide = true, .live = true};
  AskedFindings const asked = asked_findings(visit);
  if (!asked.faults.empty()) {
    head.status = 400;
    return page(
        visit, head,
        group(h1(t("问题整改台账", "Findings")),
              div(cls("message error"), attr("role", "alert"), ul(each(asked.faults, [&](Fault const& fault) {
                    return li(code(fault.pointer), " ", t(fault.detail));
                  })))));
  }
  FindingQuery everything;
  everything.plan = asked.query.plan;
  std::vector<LedgerRow> const all = find_findings(visit.application, everything);
  std::vector<LedgerRow> const rows = find_findings(visit.application, asked.query);
  decision::LightCounts counts;
  int closed = 0, relapses = 0;
  for (LedgerRow const& row : rows) {
    counts.add(row.light);
    closed += row.item.status.closed;
    relapses += row.finding.relapse_of.has_value();
  }
  std::size_t const shown = std::min(rows.size(), rows_shown_max);
  Request as_csv = visit.request;
  as_csv.path = "/findings.csv";
  Html const next = when(rows.size() > shown, [&] {
    std::string const cursor = api::cursor_of("findings", rows[shown - 1].finding.item.value());
    return nav(
        cls("pages no-print"), attr("aria-label", t("翻页", "Pages")),
        a(cls("button"), href(address_with(visit.request, {{"cursor", cursor}})), t("下一页", "Next")));
  });
  return page(
      visit, head,
      group(
          div(cls("heading"), h1(t("问题整改台账", "Findings")),
              span(cls("counted"), span(strong(rows.size()), t(" 个问题", " findings")),
                   span(t("已销号 ", "closed "), closed), light_counts(t, counts),
                   when(relapses > 0, [&] { return span(cls("late"), t("反弹 ", "relapses "), relapses); })),
              a(cls("aside no-print"), href(address_with(as_csv, {{"cursor", ""}})),
                t("导出 CSV", "Export CSV")),
              when(visit.may("finding.register"),
                   [&] {
                     return a(cls("button primary no-print"), href("/findings/new"),
                              t("登记问题", "Register"));
                   })),
          when(asked.query.plan.has_value(),
               [&] {
                 return section(cls("sheet"), id("campaign-findings"), data("live", ""),
                                h2(t("三季攻势：列出、深化、回头看", "Campaigns: list, deepen, look again")),
                                campaign_table(visit, *asked.query.plan));
               }),
          filters(visit, all), chips(visit),
          div(id("findings"), data("live", ""),
              rows.empty() ? p(cls("lead"), t("没有符合条件的问题。", "No finding matches."))
                           : ledger_table(visit, rows, shown),
              next)));
}

}  // namespace

void add_findings_page(Router& router, Application& application) {
  add_page(router, application, path, ledger);
}

}  // namespace xiaohao::web::pages
