// `/set-up/SECRET`: a link by which a person sets his first password; on a new database, by which the first
// security administrator makes himself known.

#include "web/pages/account.hpp"
#include "web/pages/pages.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* base = "/set-up/";

Response no_link(Application& application, Request const& request) {
  return error_page(
      application, request, 404,
      {"链接无效、已用过或已过期，请向安全管理员索取新的链接",
       "this link is wrong, was used or has run out; ask the security administrator for another"});
}

Html field_of(std::string_view words, Html const& control) { return label(span(words), control); }

/// `refusal`: what was wrong with what was sent before.
Response form_page(Visit const& visit, identity::Invitation const& link, Refusal const* refusal) {
  Say const& t = visit.t;
  Request const& request = visit.request;
  int const length_min = visit.application.identity->settings().passwords.length_min;
  Html faults;
  if (refusal)
    faults = div(cls("message error"), attr("role", "alert"),
                 ul(each(refusal->faults, [&](Fault const& fault) { return li(t(fault.detail)); })));
  Html const who =
      link.username
          ? p(t("账号：", "Account: "), strong(link.username->value()))
          : group(field_of(t("用户名（小写字母、数字）", "User name (lower-case letters, digits)"),
                           input(name("username"), value(request.field("username")), attr("maxlength", 64),
                                 attr("autocomplete", "username"), flag("required"))),
                  field_of(t("姓名", "Name"), input(name("name"), value(request.field("name")),
                                                    attr("maxlength", 60), flag("required"))));
  auto const password = [&](std::string_view words, char const* field) {
    return field_of(words, input(type("password"), name(field), attr("autocomplete", "new-password"),
                                 attr("maxlength", 256), flag("required")));
  };
  return page(
      visit,
      {.title = {"设置密码", "Set a password"},
       .section = "",
       .status = refusal ? status_of(refusal->reason) : 200,
       .bare = true},
      div(cls("entrance"),
          section(h1(link.username ? t("设置密码", "Set your password")
                                   : t("设置首位安全管理员", "The first security administrator")),
                  when(!link.username,
                       [&] {
                         return p(t("此人随后添加其他人员并发放账号，自己不办理事项。",
                                    "He adds the others and gives out their accounts, and acts on no item."));
                       }),
                  faults,
                  post_form(visit, base + request.path_parameters.at("secret"), cls("stacked"), who,
                            p(cls("hint"), t("密码至少 ", "A password has at least "), length_min,
                              t(" 个字符。", " characters.")),
                            password(t("密码", "Password"), "password"),
                            password(t("再输入一次", "Again"), "again"),
                            button(type("submit"), cls("primary"), t("设置", "Set"))))));
}

Response accept(Application& application, Request const& request) {
  identity::Identity& identity = *application.identity;
  std::string const& secret = request.path_parameters.at("secret");
  auto const link = identity.invitation(secret);
  if (!link) return no_link(application, request);
  Visit const visit(application, request);
  std::string const password = request.field("password");
  if (password != request.field("again")) {
    Refusal const typo{Reason::Malformed,
                       {{"/again", {"两次输入的密码不同", "the password was typed in two different ways"}}}};
    return form_page(visit, *link, &typo);
  }
  auto const made = identity.accept_invitation(
      secret, {Username{request.field("username")}, request.field("name"), std::nullopt, {}, "", true},
      password, application.engine.now());
  if (!made && made.error().reason == Reason::NotFound) return no_link(application, request);
  if (!made) return form_page(visit, *link, &made.error());
  application.engine.reload_organisation();
  return see_other_with("/sign-in",
                        {false, std::string(visit.t("密码已设置，请登录", "It is set; sign in"))});
}

}  // namespace

void add_set_up_page(Router& router, Application& application) {
  if (!application.identity) return;
  std::string const path = std::string(base) + "{secret}";
  router.add("GET", path, Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto const link = application.identity->invitation(request->path_parameters.at("secret"));
               respond(link ? form_page(Visit(application, *request), *link, nullptr)
                            : no_link(application, *request));
             });
  router.add("POST", path, Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto const work = [&application, request, respond] { respond(accept(application, *request)); };
               if (!application.sign_in_workers.run(work))  // it hashes a password
                 respond(error_page(application, *request, 503,
                                    {"系统繁忙，请稍后再试", "busy; try again in a moment"}));
             });
}

}  // namespace xiaohao::web::pages
