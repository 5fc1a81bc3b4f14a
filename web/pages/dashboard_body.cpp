#include <algorithm>
#include <map>

#include "web/http/target.hpp"
#include "web/pages/dashboard.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using decision::Board;
using decision::Standing;

constexpr std::size_t groups_shown = 8;  ///< of what is overdue and of what comes; the rest by a link
constexpr std::size_t units_shown = 12;
constexpr std::size_t names_shown = 6;
constexpr int coming_days = 45;

/// Parts of one task with one due date, by which a leader reads: 开展走访慰问, 12 units, since 29 February.
struct DutyGroup {
  Standing const* task;  ///< or the item itself when it has no task
  Date due;
  std::vector<Standing const*> duties;
};

std::vector<DutyGroup> grouped(Board const& board, std::vector<Standing const*> const& duties,
                               MayRead const& may_read) {
  std::vector<DutyGroup> groups;
  std::map<std::tuple<ItemId, Date, ItemKind, std::string>, std::size_t> places;
  for (Standing const* const duty : duties) {
    if (!duty->item.status.due || !may_read(duty->item)) continue;
    ItemDefinition const& definition = duty->item.definition;
    Standing const* const parent = definition.parent ? board.find(*definition.parent) : nullptr;
    Standing const* const task = parent ? parent : duty;
    auto const [place, is_new] =
        places.emplace(std::tuple(task->item.id(), *duty->item.status.due, definition.kind, definition.title),
                       groups.size());
    if (is_new) groups.push_back({task, *duty->item.status.due, {}});
    groups[place->second].duties.push_back(duty);
  }
  return groups;
}

std::string names(Board const& board, Standing const& duty) {
  if (!duty.item.definition.unit) return {};
  auto const unit = std::find_if(board.units.begin(), board.units.end(), [&](auto const& standing) {
    return standing.unit == *duty.item.definition.unit;
  });
  return unit == board.units.end() ? duty.item.definition.unit->value() : unit->name;
}

Html unit_names(Say const& t, Board const& board, DutyGroup const& found) {
  auto const link = [&](Standing const* duty, bool first) {
    return group(when(!first, t("、", ", ")), a(href(item_path(duty->item.id())), names(board, *duty)));
  };
  Html shown, more;
  for (std::size_t place = 0; place < found.duties.size(); ++place)
    (place < names_shown ? shown : more) += link(found.duties[place], place == 0 || place == names_shown);
  std::size_t const hidden = found.duties.size() - std::min(names_shown, found.duties.size());
  return group(shown, when(hidden > 0, [&] {
                 return details(summary(t("另有 ", "and "), hidden, t(" 个单位", " more")), more);
               }));
}

/// A milestone says of which task it is: every task may have its first quarter's checkpoint.
Html task_named(Say const& t, Standing const& task) {
  ItemDefinition const& definition = task.item.definition;
  return group(
      a(href(item_path(task.item.id())), t("第", "no. "), definition.number, t("项 ", " "), definition.title),
      " · ");
}

Html duty_row(Say const& t, Board const& board, DutyGroup const& found, bool overdue) {
  Standing const& first = *found.duties.front();
  int const year = board.plan.year.value();
  bool const is_share = first.item.definition.kind == ItemKind::Assignment;
  bool const many = is_share && found.duties.size() > 1;
  ItemId const target = many ? found.task->item.id() : first.item.id();
  std::string const words = due_in_words(t, first, board.at);
  Html const when_due =
      overdue ? group(strong(cls("days"), words), span(t("自 ", "since "), day_mark(t, found.due, year)))
              : group(strong(cls("days"), day_mark(t, found.due, year)), span(words));
  return li(
      cls("duty"), div(cls("when"), when_due),
      div(cls("what"),
          div(a(href(item_path(target)), first.item.definition.title),
              when(!is_share, [&] { return span(cls("tag"), kind_name(t, first.item.definition.kind)); }),
              when(many, [&] { return span(cls("tag"), found.duties.size(), t(" 个单位", " units")); })),
          div(cls("whose"),
              when(found.task != &first && !is_share, [&] { return task_named(t, *found.task); }),
              unit_names(t, board, found))));
}

Html duty_list(Say const& t, Board const& board, std::vector<DutyGroup> const& groups, bool overdue) {
  Html rows, more;
  for (std::size_t place = 0; place < groups.size(); ++place)
    (place < groups_shown ? rows : more) += duty_row(t, board, groups[place], overdue);
  return group(ul(cls("duties"), rows), when(groups.size() > groups_shown, [&] {
                 return details(cls("more"),
                                summary(t("其余 ", "The other "), groups.size() - groups_shown, t(" 项", "")),
                                ul(cls("duties"), more));
               }));
}

std::string filter_path(std::string_view plan_filter, std::string_view name, std::string_view value) {
  return "/items?" + std::string(plan_filter) + "&" + std::string(name) + "=" + encode_component(value);
}

Html headline(Say const& t, Board const& board) {
  std::string const plan = "plan=" + std::to_string(board.plan.year.value());
  auto const tile = [&](decision::Light light, std::string_view meaning, int tasks, int shares) {
    std::string const name(decision::to_string(light));
    return li(cls("tile " + name),
              a(href(filter_path(plan + "&kind=Task", "light", name)), light_mark(t, light),
                strong(cls("figure"), tasks), span(cls("meaning"), meaning)),
              a(cls("shares"), href(filter_path(plan + "&kind=Assignment", "light", name)),
                t("分解到单位 ", "units' shares "), shares));
  };
  auto const& tasks = board.tasks.lights;
  auto const& shares = board.assignments.lights;
  using decision::Light;
  return section(cls("headline"), attr("aria-label", t("总体情况", "All in all")),
                 ul(cls("tiles"), tile(Light::Red, t("有逾期", "overdue"), tasks.red, shares.red),
                    tile(Light::Yellow, t("有风险", "at risk"), tasks.yellow, shares.yellow),
                    tile(Light::Green, t("正常", "on track"), tasks.green, shares.green),
                    tile(Light::Grey, t("已办结", "closed"), tasks.grey, shares.grey)),
                 p(cls("total"), t("共 ", ""), strong(tasks.total()), t(" 项任务，分解到单位 ", " tasks, "),
                   strong(shares.total()), t(" 项；总进度 ", " units' shares; progress "),
                   progress_bar(t, board.assignments.progress)));
}

/// Spring lists findings, summer deepens their measures, autumn looks again; nothing where none stands.
Html findings_line(Say const& t, std::string const& campaign, std::vector<CampaignFindings> const& findings) {
  for (CampaignFindings const& count : findings) {
    if (count.campaign != campaign || count.listed + count.deepened + count.rechecked == 0) continue;
    return p(a(href("/findings"), t("反馈问题", "Findings")), t("：列出 ", ": listed "), count.listed,
             t("，深化 ", ", deepened "), count.deepened, t("，回头看 ", ", looked at again "),
             count.rechecked);
  }
  return {};
}

Html campaign_card(Say const& t, Board const& board, decision::CampaignStanding const& standing,
                   std::vector<CampaignFindings> const& findings) {
  Campaign const& campaign = standing.campaign;
  int const year = board.plan.year.value();
  Date const today = local_date(board.at);
  std::string_view const stage = standing.running         ? t("正在进行", "running now")
                                 : today < campaign.start ? t("未开始", "to come")
                                                          : t("已结束", "over");
  std::string const path =
      filter_path("plan=" + std::to_string(year) + "&kind=Task", "campaign", campaign.name);
  return li(cls(standing.running ? "sheet campaign running" : "sheet campaign"),
            div(cls("heading"), h3(a(href(path), campaign.name)), span(cls("tag"), stage)),
            p(cls("hint"), day(t, campaign.start, year), " – ", day(t, campaign.due, year),
              when(campaign.inferred, t("（起止为推定）", " (dates inferred)"))),
            p(cls("focus"), t(campaign.focus)), light_bar(t, standing.tasks.lights),
            p(span(standing.tasks.lights.total(), t(" 项任务 ", " tasks ")),
              light_counts(t, standing.tasks.lights)),
            p(progress_bar(t, standing.assignments.progress)), findings_line(t, campaign.name, findings),
            when(standing.assignments.next_due.has_value(), [&] {
              Standing const* const next =
                  standing.assignments.next_item ? board.find(*standing.assignments.next_item) : nullptr;
              return p(cls("hint"), t("下一时限 ", "next due "),
                       day_mark(t, *standing.assignments.next_due, year),
                       when(next != nullptr, [&] { return group(" · ", next->item.definition.title); }));
            }));
}

Html unit_row(Say const& t, Board const& board, decision::UnitStanding const& standing) {
  decision::Tally const& tally = standing.assignments;
  auto const figure = [&](decision::Light light, int count) {
    std::string const name(decision::to_string(light));
    return td(cls("number figure"), when(count > 0, [&] {
                return a(
                    cls("light " + name),
                    href(filter_path("unit=" + encode_component(standing.unit.value()) + "&kind=Assignment",
                                     "light", name)),
                    span(cls("unseen"), light_word(t, light), " "), count);
              }));
  };
  return tr(
      th(attr("scope", "row"),
         a(href("/items?kind=Assignment&unit=" + encode_component(standing.unit.value())), standing.name)),
      figure(decision::Light::Red, tally.lights.red), figure(decision::Light::Yellow, tally.lights.yellow),
      figure(decision::Light::Green, tally.lights.green), figure(decision::Light::Grey, tally.lights.grey),
      td(cls("wide-only"), progress_bar(t, tally.progress)),
      td(cls("wide-only"), when(tally.next_due.has_value(),
                                [&] { return day_mark(t, *tally.next_due, board.plan.year.value()); })));
}

Html unit_table(Say const& t, Board const& board, std::size_t from, std::size_t to) {
  Html rows;
  for (std::size_t place = from; place < to; ++place) rows += unit_row(t, board, board.units[place]);
  auto const light = [&](decision::Light value) { return th(cls("number"), light_mark(t, value)); };
  return table(
      cls("units"),
      thead(tr(th(t("单位", "Unit")), light(decision::Light::Red), light(decision::Light::Yellow),
               light(decision::Light::Green), light(decision::Light::Grey),
               th(cls("wide-only"), t("进度", "Progress")), th(cls("wide-only"), t("下一时限", "Next due")))),
      tbody(rows));
}

Html units(Say const& t, Board const& board) {
  std::size_t const shown = std::min(units_shown, board.units.size());
  return section(
      cls("sheet"), id("units"), data("live", ""),
      div(cls("heading"), h2(t("各单位", "Units")),
          span(cls("hint"), t("问题多的在前；数字是责任分解项数", "worst first; figures count shares"))),
      unit_table(t, board, 0, shown), when(shown < board.units.size(), [&] {
        return details(cls("more"), id("more-units"),
                       summary(t("其余 ", "The other "), board.units.size() - shown, t(" 个单位", " units")),
                       unit_table(t, board, shown, board.units.size()));
      }));
}

}  // namespace

Html dashboard_body(Say const& t, Board const& board, std::vector<CampaignFindings> const& findings,
                    MayRead const& may_read) {
  std::vector<DutyGroup> const overdue = grouped(board, board.overdue(), may_read);
  std::vector<Standing const*> soon = board.coming(1'000'000);
  Date const horizon = add_days(local_date(board.at), coming_days);
  std::erase_if(soon, [&](Standing const* duty) { return *duty->item.status.due > horizon; });
  std::vector<DutyGroup> const coming = grouped(board, soon, may_read);
  return group(div(id("figures"), data("live", ""), headline(t, board)),
               div(cls("two"),
                   section(cls("sheet"), id("overdue"), data("live", ""), h2(t("已逾期", "Overdue")),
                           overdue.empty() ? p(cls("hint"), t("没有逾期事项。", "Nothing is overdue."))
                                           : duty_list(t, board, overdue, true)),
                   section(cls("sheet"), id("coming"), data("live", ""),
                           h2(t("接下来 45 天到期", "Due in the next 45 days")),
                           coming.empty() ? p(cls("hint"), t("没有。", "Nothing."))
                                          : duty_list(t, board, coming, false))),
               section(id("campaigns"), data("live", ""), h2(t("三季攻势", "Campaigns")),
                       ul(cls("campaigns"), each(board.campaigns,
                                                 [&](decision::CampaignStanding const& standing) {
                                                   return campaign_card(t, board, standing, findings);
                                                 }))),
               units(t, board));
}

}  // namespace xiaohao::web::pages
