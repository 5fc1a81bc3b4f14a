// On `/account`: addresses by which calendar programs read due dates, one's own and a unit's.

#include "web/calendars.hpp"
#include "web/pages/account.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

std::string calendars_path() { return std::string(account_path) + "/calendar"; }

std::optional<UnitId> unit_in(Request const& request) {
  std::string const unit = request.field("unit");
  return unit.empty() ? std::nullopt : std::optional(UnitId{unit});
}

Html whose(Visit const& visit, KeptCalendar const& kept) {
  Say const& t = visit.t;
  if (!kept.unit) return group(t("我的时限", "My due dates"));
  return group(visit.unit_name(*kept.unit), t("（单位全部事项）", " (all the unit's duties)"));
}

Html calendar_row(Visit const& visit, KeptCalendar const& kept) {
  Say const& t = visit.t;
  return tr(
      td(data("label", t("内容", "Of")), whose(visit, kept)),
      td(data("label", t("创建", "Made")), moment(t, kept.since)),
      td(data("label", t("状态", "State")),
         kept.answers ? t("可用", "answers")
                      : t("已失效：您不再有权订阅该单位", "ended: you may not have this unit's any more")),
      td(post_form(visit, calendars_path() + "/remove",
                   input(type("hidden"), name("unit"), value(kept.unit ? kept.unit->value() : "")),
                   button(type("submit"), cls("quiet"), t("撤销", "Take it back")))));
}

/// His own, and the units whose calendar he may have.
Html choice_of_calendar(Visit const& visit) {
  Say const& t = visit.t;
  decision::Permissions const& permissions = visit.application.engine.rules().permissions;
  Html units;
  bool any = false;
  for (auto const& [id, unit] : visit.organisation->units)
    if (permissions.may_for_unit(*visit.me, "calendar.unit", id)) {
      units += option(value(id.value()), unit.name, t("（单位全部事项）", " (all the unit's duties)"));
      any = true;
    }
  if (!any) return Html();
  return label(t("内容", "Of"),
               select(name("unit"), option(value(""), t("我的时限", "My due dates")), std::move(units)));
}

/// Shown once, as a token is.
Response new_calendar_page(Application& application, Request const& request, std::string const& address,
                           bool of_unit) {
  Visit const visit(application, request);
  Say const& t = visit.t;
  return page(
      visit, {.title = {"日历订阅", "Calendar feed"}, .section = account_path},
      group(h1(t("日历订阅", "Calendar feed")),
            p(t("在日历程序中选“订阅日历”，填入这个地址；关闭本页后不再显示：",
                "Subscribe to this address in your calendar program; it is not shown again:")),
            p(code(cls("secret"), address)),
            p(cls("hint"), of_unit ? t("您调离本单位或账号停用后，这个地址即失效。",
                                       "It ends when you leave the unit, or when your account is disabled.")
                                   : t("看其他单位的（如您有权查看），在地址后加 ?unit=单位代码。",
                                       "For another unit's, where you may read them, add ?unit=ID.")),
            p(a(href(account_path), t("返回我的账号", "Back to my account")))));
}

Response make(Application& application, Request const& request) {
  auto const unit = unit_in(request);
  auto const made = make_calendar(application, request, unit, request.field("present_password"));
  return made ? new_calendar_page(application, request, *made, unit.has_value())
              : back_to(account_path, request, tl::unexpected(made.error()), {});
}

}  // namespace

Html calendars_section(Visit const& visit) {
  Say const& t = visit.t;
  auto const kept = calendars_of(visit.application, visit.me->username);
  return section(
      cls("sheet"), id("calendar"), h2(t("日历订阅", "Calendar feeds")),
      p(cls("hint"), t("在手机或电脑的日历中订阅完成时限；知道地址的人不登录也能看，请勿转发。",
                       "Due dates in the calendar of your phone or desk. Whoever has the address can read it "
                       "without signing in: do not pass it on.")),
      when(!kept.empty(),
           [&] {
             return div(cls("table-frame"),
                        table(cls("cards"),
                              thead(tr(th(t("内容", "Of")), th(t("创建", "Made")), th(t("状态", "State")),
                                       th(span(cls("unseen"), t("操作", "Action"))))),
                              tbody(each(kept, [&](KeptCalendar const& each_one) {
                                return calendar_row(visit, each_one);
                              }))));
           }),
      post_form(visit, calendars_path(), cls("stacked"), choice_of_calendar(visit),
                password_field(t("现在的密码", "Present password"), "present_password", "current-password"),
                p(cls("hint"), t("再次生成时，原地址失效。", "Made again, the address before it ends.")),
                button(type("submit"), t("生成订阅地址", "Make an address"))));
}

void add_account_calendars(Router& router, Application& application) {
  add_account_change(
      router, application, calendars_path(),
      [&application](identity::Identity&, Request const& request) { return make(application, request); });
  add_account_change(router, application, calendars_path() + "/remove",
                     [&application](identity::Identity&, Request const& request) {
                       return back_to(account_path, request,
                                      take_back_calendar(application, request, unit_in(request)),
                                      {"日历订阅已撤销", "The calendar feed is taken back"});
                     });
}

}  // namespace xiaohao::web::pages
