// `/account/one-time-codes`: setting up an authenticator app, and taking it away again.

#include "web/pages/account.hpp"
#include "web/pages/qr_code.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr char const* path = "/account/one-time-codes";

/// `JBSW Y3DP …`: in groups of four, for whoever types it.
std::string in_groups(std::string const& secret) {
  std::string grouped;
  for (std::size_t place = 0; place < secret.size(); place += 4)
    grouped += (place > 0 ? " " : "") + secret.substr(place, 4);
  return grouped;
}

Html confirm_form(Visit const& visit, identity::CodeSetup const& setup) {
  Say const& t = visit.t;
  return group(
      ol(li(t("用手机上的身份验证器（如微软、谷歌或国产验证器）扫描此码；图由本服务器绘制，不经外网。",
              "Scan this code with the authenticator app on your phone; it is drawn here and goes nowhere "
              "else."),
            div(cls("one-time-code"),
                qr_code(setup.uri, t("动态口令密钥，也可按下一步手动输入",
                                     "the key of the one-time codes; the next step gives it in letters")))),
         li(t("不能扫描时手动输入：账号填 ", "Or enter the key by hand. Account: "),
            code(visit.me->username.value()), t("，密钥填：", ", key: "),
            code(cls("secret"), in_groups(setup.secret)),
            t("（按时间，六位，30 秒）", " (by time, six digits, 30 seconds)")),
         li(t("把它现在显示的六位数字填在下面。", "Give the six digits that it shows now."))),
      details(summary(t("在同一部手机上打开", "For an app on this device")),
              p(code(cls("secret"), setup.uri))),
      post_form(visit, std::string(path) + "/confirm", cls("stacked"),
                label(t("动态口令", "One-time code"),
                      input(name("code"), attr("inputmode", "numeric"), attr("autocomplete", "one-time-code"),
                            attr("maxlength", 16), flag("required"))),
                button(type("submit"), cls("primary"), t("启用", "Set up"))),
      post_form(visit, std::string(path) + "/begin",
                button(type("submit"), cls("quiet"), t("换一个密钥", "Another key"))));
}

Html begin_form(Visit const& visit) {
  Say const& t = visit.t;
  return post_form(visit, std::string(path) + "/begin",
                   button(type("submit"), cls("primary"), t("开始设置", "Begin")));
}

Html remove_form(Visit const& visit) {
  Say const& t = visit.t;
  return group(
      p(t("已启用。换手机时先停用，再重新设置；手机丢失请找安全管理员。",
          "In use. For another phone remove them and set them up again; if the phone is lost, ask the "
          "security administrator.")),
      post_form(visit, std::string(path) + "/remove", cls("stacked"),
                label(t("现在的密码", "Present password"), input(type("password"), name("present_password"),
                                                                 attr("autocomplete", "current-password"),
                                                                 attr("maxlength", 256), flag("required"))),
                button(type("submit"), t("停用（所有会话结束）", "Remove (ends every session)"))));
}

Result<Response> one_time_codes(Visit const& visit) {
  Say const& t = visit.t;
  identity::Identity& identity = *visit.application.identity;
  bool const in_use = identity.has_one_time_codes(visit.me->username);
  auto const begun = in_use ? std::nullopt : identity.begun_one_time_codes(visit.me->username);
  bool const required = visit.request.visitor->must_set_up_codes;
  return page(
      visit, {.title = {"动态口令", "One-time codes"}, .section = account_path},
      group(h1(t("动态口令", "One-time codes")),
            when(required,
                 [&] {
                   return p(cls("message"), t("您的职责要求使用动态口令；设置完成后才能进入其他页面。",
                                              "Your role needs one-time codes; the other pages open "
                                              "once they are set up."));
                 }),
            p(cls("hint"), t("除密码外，登录时再输入手机上每 30 秒变化的六位数字；密码泄露也无法登录。",
                             "Besides the password signing in asks for six digits that change every 30 "
                             "seconds, so that a password alone opens nothing.")),
            section(cls("sheet"), in_use  ? remove_form(visit)
                                  : begun ? confirm_form(visit, *begun)
                                          : begin_form(visit)),
            when(!required,
                 [&] { return p(a(href(account_path), t("返回我的账号", "Back to my account"))); })));
}

}  // namespace

void add_one_time_codes_page(Router& router, Application& application) {
  if (!application.identity) return;
  add_page(router, application, path, one_time_codes);
  add_account_change(router, application, std::string(path) + "/begin",
                     [](identity::Identity& identity, Request const& request) {
                       auto const begun = identity.begin_one_time_codes(request.visitor->username);
                       return back_to(path, request, begun.map([](identity::CodeSetup const&) {}),
                                      {"请在身份验证器中添加密钥", "Add the key to your app"});
                     });
  add_account_change(
      router, application, std::string(path) + "/confirm",
      [&application](identity::Identity& identity, Request const& request) {
        return back_to(path, request,
                       identity.confirm_one_time_codes(request.visitor->username, request.field("code"),
                                                       request.address, authority_of(application, request)),
                       {"动态口令已启用", "One-time codes are in use"});
      });
  add_account_change(router, application, std::string(path) + "/remove",
                     [&application](identity::Identity& identity, Request const& request) {
                       Username const& me = request.visitor->username;
                       Result<void> removed =
                           identity.prove_password(me, request.field("present_password"), request.address);
                       if (removed)
                         removed = identity.remove_one_time_codes(me, authority_of(application, request));
                       return back_to(
                           removed ? "/sign-in" : path, request, removed,
                           {"动态口令已停用，请重新登录", "One-time codes are removed; sign in again"});
                     });
}

}  // namespace xiaohao::web::pages
