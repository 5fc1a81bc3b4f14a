#include "web/pages/layout.hpp"

#include <array>

#include "web/pages/parts.hpp"
#include "web/problem.hpp"
#include "web/ui/assets.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

struct Place {
  std::string_view path;
  std::string_view zh, en;
  bool (*offered)(Visit const&);
};

bool to_everybody(Visit const&) { return true; }
bool to_those_who_act(Visit const& visit) {
  Participant const& me = *visit.me;
  return me.has(Role::Owner) || me.has(Role::Head) || me.has(Role::Coordinator) || me.has(Role::Inspector) ||
         me.has(Role::Leader);
}
bool to_reviewers(Visit const& visit) {
  Participant const& me = *visit.me;
  return me.has(Role::Owner) || me.has(Role::Coordinator) || me.has(Role::Inspector) || me.has(Role::Leader);
}

bool to_readers(Visit const& visit) {
  return !visit.me->has(Role::SystemAdministrator) && !visit.me->has(Role::SecurityAdministrator);
}
bool to_auditors(Visit const& visit) { return visit.me->has(Role::Auditor); }
bool to_organisers(Visit const& visit) {
  return visit.may_administer("units.change") || visit.may_administer("people.change") ||
         visit.may("members.change");
}
bool to_rehearsers(Visit const& visit) { return visit.may("rehearse"); }

/// In the order of a day's work. Only what a person can use is offered to him.
constexpr std::array<Place, 11> places{{{"/", "总览", "Overview", to_everybody},
                                        {"/desk", "我的待办", "My desk", to_those_who_act},
                                        {"/reviews", "审核", "Reviews", to_reviewers},
                                        {"/items", "事项", "Items", to_everybody},
                                        {"/findings", "问题", "Findings", to_readers},
                                        {"/closeouts", "销号", "Close-outs", to_readers},
                                        {"/notices", "通知", "Notices", to_everybody},
                                        {"/documents", "公文", "Papers", to_readers},
                                        {"/rehearsal", "预演", "Rehearsal", to_rehearsers},
                                        {"/admin/organisation", "组织机构", "Organisation", to_organisers},
                                        {"/journal", "日志", "Journal", to_auditors}}};

Html head_of(Say const& t, PageHead const& head) {
  return html::element(
      "head", {element("meta", {attr("charset", "utf-8")}),
               element("meta", {name("viewport"), attr("content", "width=device-width, initial-scale=1")}),
               element("meta", {name("color-scheme"), attr("content", "light dark")}),
               title(t(head.title), t(" · 销号台", " · Xiaohao")),
               element("link", {attr("rel", "icon"), type("image/svg+xml"), href(asset_path("icon.svg"))}),
               element("link", {attr("rel", "stylesheet"), href(asset_path("xiaohao.css"))}),
               element("script", {src(asset_path("xiaohao.js")), flag("defer")})});
}

Html clock_buttons(Visit const& visit) {
  Say const& t = visit.t;
  auto const step = [](std::string_view by, std::string_view words) {
    return button(type("submit"), name("advance"), value(by), words);
  };
  return post_form(
      visit, "/demo/clock", cls("clock"),
      input(type("hidden"), name("back"),
            value(visit.request.method == "GET" ? address_with(visit.request, {}) : std::string("/"))),
      span(t("拨快", "Advance")), step("day", t("1 天", "1 day")), step("week", t("1 周", "1 week")),
      step("month", t("1 个月", "1 month")), step("first", t("到下月 1 日", "To the 1st")));
}

Html demonstration_banner(Visit const& visit) {
  Say const& t = visit.t;
  Settings const& settings = visit.application.settings;
  if (!settings.demonstration) return {};
  Html clock;
  if (settings.virtual_clock) {
    Date const today = local_date(visit.application.engine.now());
    clock = group(span(t("今天是 ", "Today is "), strong(day_mark(t, today, 0))),
                  when(visit.is(Role::SystemAdministrator), [&] { return clock_buttons(visit); }));
  }
  return div(cls("demonstration"),
             div(cls("inside"), strong(cls("word"), t("演示", "Demonstration")),
                 when(clock.empty(), span(t("数据均为示例", "all data are examples"))), clock));
}

Html language_switch(Visit const& visit) {
  bool const english = visit.t.english();
  std::string const here =
      visit.request.method == "GET" || visit.request.method == "HEAD" ? address_with(visit.request, {}) : "/";
  std::string const other =
      here + (here.find('?') == std::string::npos ? "?lang=" : "&lang=") + (english ? "zh" : "en");
  return a(cls("language"), href(other), attr("hreflang", english ? "zh-CN" : "en"),
           attr("lang", english ? "zh-CN" : "en"), english ? "中文" : "English");
}

Html navigation(Visit const& visit, std::string_view section) {
  Say const& t = visit.t;
  std::int64_t const unread = visit.application.boards.unread(visit.me->username);
  return nav(
      cls("places"), attr("aria-label", t("导航", "Navigation")), ul(each(places, [&](Place const& place) {
        if (!place.offered(visit)) return Html{};
        bool const here = place.path == section;
        Html const count = when(place.path == "/notices" && unread > 0, [&] {
          return span(cls("count"), unread, span(cls("unseen"), t(" 条未读", " unread")));
        });
        return li(a(href(place.path), here ? attr("aria-current", "page") : flag("aria-current", false),
                    t(place.zh, place.en), count));
      })));
}

Html who_is_here(Visit const& visit) {
  Say const& t = visit.t;
  if (!visit.request.visitor) return div(cls("who"), language_switch(visit));
  std::string const name = visit.me ? visit.me->name : visit.request.visitor->username.value();
  Html const account =
      visit.application.identity ? a(cls("name"), href("/account"), name) : span(cls("name"), name);
  return div(cls("who"), account, language_switch(visit),
             post_form(visit, "/sign-out", button(type("submit"), cls("quiet"), t("退出", "Sign out"))));
}

Html top(Visit const& visit, PageHead const& head) {
  Say const& t = visit.t;
  return header(cls("top"), div(cls("inside"),
                                a(cls("brand"), href("/"),
                                  element("img", {src(asset_path("icon.svg")), attr("alt", ""),
                                                  attr("width", 28), attr("height", 28)}),
                                  t("销号台", "Xiaohao")),
                                when(visit.me && !head.bare, [&] { return navigation(visit, head.section); }),
                                who_is_here(visit)));
}

Html flash_message(Visit const& visit) {
  auto const flash = visit.flash();
  if (!flash) return {};
  return div(cls(flash->is_error ? "message error" : "message"), attr("role", "status"), flash->text);
}

Html bottom(Visit const& visit) {
  Say const& t = visit.t;
  return footer(cls("bottom"),
                div(cls("inside"), span(t("销号台 ", "Xiaohao "), visit.application.settings.version),
                    when(visit.me != nullptr, [&] { return a(href("/admin"), t("管理", "Administration")); }),
                    a(href("/about"), t("关于", "About")),
                    a(href("/about#complaints"), t("投诉与建议", "Complaints and suggestions"))));
}

Response whole(Visit const& visit, PageHead const& head, std::string_view body) {
  std::string text = "<!doctype html><html lang=\"";
  text.reserve(body.size() + (std::size_t{8} << 10));
  text += visit.t.english() ? "en" : "zh-CN";
  text += "\">";
  text += head_of(visit.t, head).text();
  text += head.live ? "<body data-live-stream=\"/api/v1/stream\">" : "<body>";
  text += a(cls("skip"), href("#main"), visit.t("跳到正文", "Skip to the content")).text();
  text += demonstration_banner(visit).text();
  text += top(visit, head).text();
  text += head.wide ? "<main id=\"main\" class=\"inside wide\">" : "<main id=\"main\" class=\"inside\">";
  text += flash_message(visit).text();
  text += body;
  text += "</main>";
  text += bottom(visit).text();
  text += "</body></html>\n";
  Response response = text_response(head.status, "text/html; charset=utf-8", std::move(text));
  if (visit.flash()) response.headers.emplace_back("Set-Cookie", "xiaohao_flash=; Path=/; Max-Age=0");
  return response;
}

Text heading_of(int status) {
  switch (status) {
    case 403:
      return {"不能这样做", "You may not do this"};
    case 404:
      return {"没有找到", "Not found"};
    case 409:
    case 422:
      return {"没有办成", "This was not done"};
    case 412:
    case 428:
      return {"内容已经变了", "This has changed"};
    case 413:
      return {"内容太大", "Too large"};
    case 429:
      return {"请稍等", "Please wait"};
    case 500:
      return {"服务器出错", "The server made a mistake"};
    case 503:
    case 507:
      return {"暂时不能使用", "Not available now"};
    default:
      return {"请求有误", "This request cannot be understood"};
  }
}

}  // namespace

Response page(Visit const& visit, PageHead const& head, Html const& body) {
  return whole(visit, head, body.text());
}
Response page(Visit const& visit, PageHead const& head, std::string_view prepared_body) {
  return whole(visit, head, prepared_body);
}

Html csrf_field(Visit const& visit) {
  if (visit.csrf_token().empty()) return {};
  return input(type("hidden"), name("csrf_token"), value(visit.csrf_token()));
}

Response error_page(Application& application, Request const& request, int status, Text const& detail) {
  Visit const visit(application, request);
  Say const& t = visit.t;
  Text const heading = heading_of(status);
  Html const ways = ul(cls("ways"), li(a(href("/"), t("回到总览", "To the overview"))),
                       when(!visit.request.visitor, li(a(href("/sign-in"), t("登录", "Sign in")))));
  return page(
      visit, {.title = heading, .section = "", .status = status},
      group(h1(t(heading)), p(cls("lead"), t(detail)), ways, p(cls("hint"), t("代码 ", "Code "), status)));
}

Response refusal_page(Visit const& visit, Refusal const& refusal) {
  Text all;
  for (Fault const& fault : refusal.faults) {
    all.zh += (all.zh.empty() ? "" : "；") + fault.detail.zh;
    all.en += (all.en.empty() ? "" : "; ") + fault.detail.en;
  }
  return error_page(visit.application, visit.request, status_of(refusal.reason), all);
}

void add_page(Router& router, Application& application, std::string pattern, Show show) {
  router.add(
      "GET", std::move(pattern), Access::SignedIn,
      [&application, show = std::move(show)](std::shared_ptr<Request const> request, Respond respond) {
        Visit const visit(application, *request);
        if (!visit.me)
          return respond(error_page(application, *request, 403,
                                    {"此账号没有对应人员", "nobody in the organisation has this account"}));
        Result<Response> response = show(visit);
        respond(response ? std::move(*response) : refusal_page(visit, response.error()));
      });
}

}  // namespace xiaohao::web::pages
