// Whose an item is, when it is due and why, how far it has come; what the plan says.

#include <algorithm>

#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/parts.hpp"
#include "web/why_date.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

Html fact(std::string_view term, Html const& description) {
  return when(!description.empty(), [&] { return group(dt(term), dd(description)); });
}

/// Why these dates: the phrase's reading, the instant each counts from or to, and the calendar behind them.
Html reasons(ItemView const& view) {
  Say const& t = view.t();
  Engine const& engine = view.visit.application.engine;
  WhyDates const why = why_dates(view.item, engine.rules(), due_change_of(*engine.store().read(), view.item));
  if (why.dates.empty()) return {};
  auto const name_of = [&](DateReason const& reason) {
    if (reason.date_name == "start") return t("开始", "Start");
    return reason.date_name == "due" ? t("完成时限", "Due") : t("原定时限", "Original due");
  };
  std::string_view before;
  Html lines;
  for (DateReason const& reason : why.dates) {
    std::string_view const rule = in(t.language(), reason.rule);
    lines += li(name_of(reason), " ",
                html::time(attr("datetime", to_string(reason.instant)),
                           to_string(reason.date) + (reason.date_name == "start" ? " 0:00" : " 24:00")),
                when(rule != before, [&] { return group(t("：", ": "), rule); }));
    before = rule;
  }
  for (CalendarReason const& calendar : why.calendars)
    lines += li(cls(calendar.known ? "quiet-text" : "late"), in(t.language(), calendar.words));
  return ul(cls("plain"), lines);
}

Html deadline(ItemView const& view) {
  Say const& t = view.t();
  calendar::Schedule const& schedule = view.item.definition.schedule;
  return group(fact(t("时限原文", "As written"),
                    when(!schedule.phrase.empty(),
                         [&] {
                           return group(
                               span(cls("phrase"), t("“", "“"), schedule.phrase, t("”", "”")),
                               when(schedule.soft, [&] { return span(cls("tag"), t("力争", "soft")); }));
                         })),
               fact(t("为什么是这天", "Why this date"), reasons(view)));
}

Html due_dates(ItemView const& view) {
  Say const& t = view.t();
  ItemStatus const& status = view.item.status;
  auto const& original = view.item.definition.schedule.due;
  bool const extended = original && status.due && *original != *status.due;
  Html const due = when(status.due.has_value(), [&] {
    decision::Standing const* const standing = view.board ? view.board->find(view.item.id()) : nullptr;
    std::string const words = standing ? due_in_words(t, *standing, view.board->at) : std::string();
    bool const late = view.light.light == decision::Light::Red;
    return group(strong(day_mark(t, *status.due, view.year())), " ",
                 when(!words.empty(), [&] { return span(cls(late ? "late" : "quiet-text"), words); }));
  });
  return group(
      fact(!extended               ? t("完成时限", "Due")
           : status.extensions > 0 ? t("延期后时限", "Due after extension")
                                   : t("变更后时限", "Due as changed"),
           status.due ? due : span(t("没有写明日期", "no date was given"))),
      fact(t("原定时限", "Original due"),
           when(extended, [&] { return day_mark(t, *original, view.year()); })),
      fact(t("补正时限", "Hand in again by"),
           when(status.redo_by.has_value(),
                [&] {
                  return group(
                      day_mark(t, *status.redo_by, view.year()),
                      small(t(" 退回时所定，原时限不变", " set when it was returned; the due date stays")));
                })),
      fact(t("申请延期至", "Extension asked for"), when(status.requested_due.has_value(), [&] {
             return group(day_mark(t, *status.requested_due, view.year()),
                          small(t(" 待批，批准前原时限有效", " not answered yet; the old date counts")));
           })));
}

/// Progress beside the share of the time that has gone by 序时进度.
Html pace(ItemView const& view) {
  Say const& t = view.t();
  WorkItem const& item = view.item;
  Engine const& engine = view.visit.application.engine;
  BasisPoints const planned =
      decision::planned_progress(item, engine.now(), engine.rules().lights, engine.rules().calendar);
  bool const compared = item.status.open() && item.status.due && !item.status.applied_at;
  return group(
      progress_bar(t, view.progress), when(compared, [&] {
        BasisPoints const behind = planned - view.progress;
        return div(cls("pace"), progress_bar(t, planned),
                   small(t("序时进度", "time schedule"),
                         behind > 0 ? t("，落后 ", ", behind by ") : t("，未落后", ", not behind"),
                         when(behind > 0, [&] {
                           return group(
                               percent(behind / 100 * 100).substr(0, percent(behind / 100 * 100).size() - 1),
                               t(" 个百分点", " points"));
                         })));
      }));
}

Html whose(ItemView const& view) {
  Say const& t = view.t();
  ItemDefinition const& definition = view.item.definition;
  if (definition.unit)
    return group(unit_link(view.visit, *definition.unit), when(definition.role.has_value(), [&] {
                   return span(cls("tag"), role_name(t, *definition.role));
                 }));
  Html units;
  std::string_view before;
  for (NamedUnit const& named : definition.named_units) {
    if (named.as_written == before) continue;  // one entry of the document that was read as two
    before = named.as_written;
    units += li(
        named.as_written, span(cls("tag"), role_name(t, named.role)),
        when(named.role_inferred, [&] { return small(t("（推定）", " (inferred)")); }),
        when(!named.members_known, [&] { return span(cls("tag doubt"), t("成员待定", "members unknown")); }));
  }
  return when(!units.empty(), [&] { return ul(cls("plain"), units); });
}

Html moment_fact(Say const& t, std::optional<Instant> const& instant) {
  return when(instant.has_value(),
              [&] { return html::time(attr("datetime", to_string(*instant)), moment(t, *instant)); });
}

Html lines_of(Say const& t, std::vector<int> const& lines) {
  if (lines.empty()) return {};
  bool const run = lines.back() - lines.front() + 1 == static_cast<int>(lines.size());
  std::vector<std::string> numbers;
  for (int const line : lines) numbers.push_back(std::to_string(line));
  std::string const range =
      run && lines.size() > 1 ? numbers.front() + "–" + numbers.back() : listed(t, numbers);
  return small(cls("hint"), t("原文第 ", "Lines of the plan: "), range, t(" 行", ""));
}

}  // namespace

Html facts_section(ItemView const& view) {
  Say const& t = view.t();
  ItemStatus const& status = view.item.status;
  ItemDefinition const& definition = view.item.definition;
  return section(
      cls("sheet facts"), id("facts"), data("live", ""), h2(t("基本情况", "Facts")),
      dl(due_dates(view), deadline(view), fact(t("进度", "Progress"), pace(view)),
         fact(t("责任单位", "Unit"), whose(view)),
         fact(t("所属任务", "Task"), when(view.parent.has_value(), [&] { return item_link(*view.parent); })),
         fact(t("攻势", "Campaign"),
              when(!definition.campaigns.empty(), [&] { return span(listed(t, definition.campaigns)); })),
         fact(t("签收", "Accepted"), moment_fact(t, status.accepted_at)),
         fact(t("最近反馈", "Last report"), moment_fact(t, status.last_report_at)),
         fact(t("申请时间", "Applied"), moment_fact(t, status.applied_at)),
         fact(t("销号时间", "Closed"), moment_fact(t, status.closed_at)),
         fact(t("退回", "Returned"),
              when(status.returns > 0,
                   [&] { return span(status.returns, t(" 次", status.returns == 1 ? " time" : " times")); })),
         fact(t("整改轮次", "Cycle"),
              when(status.cycle > 1, [&] { return span(t("第 ", "No. "), status.cycle, t(" 轮", "")); })),
         fact(t("已延期", "Extended"),
              when(status.extensions > 0,
                   [&] {
                     return span(status.extensions, t(" 次", status.extensions == 1 ? " time" : " times"));
                   })),
         fact(t("成员待定", "Unknown groups"), when(status.groups_unknown > 0, [&] {
                return span(status.groups_unknown,
                            t(" 个单位组没有名单，名单明确前不能销号",
                              " groups without members; it cannot close before they are known"));
              }))));
}

Html content_section(ItemView const& view) {
  Say const& t = view.t();
  ItemDefinition const& definition = view.item.definition;
  // Of a finding the section of its own says more, to whoever may read it.
  bool const told_elsewhere = definition.kind == ItemKind::Finding && view.shows_history;
  if (told_elsewhere && definition.doubts.empty()) return {};
  std::string const content = told_elsewhere                              ? ""
                              : definition.content.empty() && view.parent ? view.parent->definition.content
                                                                          : definition.content;
  auto const running = [&](std::string const& campaign) {
    return view.board &&
           std::any_of(view.board->campaigns.begin(), view.board->campaigns.end(),
                       [&](auto const& one) { return one.running && one.campaign.name == campaign; });
  };
  auto const& parts = definition.content_by_campaign;
  Html const text =
      parts.empty()
          ? p(cls("content"), content)
          : dl(cls("by-campaign"), each(parts, [&](CampaignText const& part) {
                 return group(dt(part.campaign, when(running(part.campaign),
                                                     [&] { return span(cls("tag"), t("进行中", "now")); })),
                              dd(part.text));
               }));
  return section(
      cls("sheet"), id("content"), h2(t("工作内容", "What is to be done")),
      when(!content.empty() || !parts.empty(), text), lines_of(t, definition.source_lines),
      when(!definition.indicators.empty(),
           [&] {
             return group(h3(t("指标", "Indicators")),
                          ul(each(definition.indicators, [&](Indicator const& indicator) {
                            return li(indicator.name, " ", indicator.comparison, " ", indicator.target, " ",
                                      indicator.unit, small(cls("hint"), " ", indicator.text));
                          })));
           }),
      when(!definition.doubts.empty(), [&] {
        return div(cls("message warning doubts"), h3(t("待确认的读法", "Readings to be confirmed")),
                   ul(each(definition.doubts, [&](Text const& doubt) { return li(t(doubt)); })));
      }));
}

}  // namespace xiaohao::web::pages
